import { makeStyles } from '@material-ui/core';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(3),
    rowGap: theme.spacing(1),
    margin: 0,
    '& dt': {
      ...theme.typography.caption,
      color: theme.palette.text.secondary,
    },
    '& dd': { ...theme.typography.body2, margin: 0 },
  },
  dense: {
    columnGap: theme.spacing(2),
    rowGap: 0,
    '& > div': {
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(0.5),
    },
  },
}));

/** A few figures in a line, each below or beside its name. */
export function Figures({
  figures,
  isDense = false,
}: {
  figures: [name: string, value: ReactNode][];
  /** Whether names are beside their figures, which halves the height. */
  isDense?: boolean;
}) {
  const classes = useStyles();
  return (
    <dl className={isDense ? `${classes.root} ${classes.dense}` : classes.root}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
