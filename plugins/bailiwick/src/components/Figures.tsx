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
}));

/** A few figures in a line, each below its name. */
export function Figures({
  figures,
}: {
  figures: [name: string, value: ReactNode][];
}) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
