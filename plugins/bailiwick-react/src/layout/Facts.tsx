import { makeStyles } from '@material-ui/core';
import { Fragment, type ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'fit-content(45%) minmax(0, 1fr)',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    alignItems: 'baseline',
    margin: 0,
    '& dt': {
      minWidth: 80,
      color: theme.palette.text.secondary,
    },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

/** A list of terms and values, one pair per line. @public */
export function Facts({ facts }: { facts: [term: string, what: ReactNode][] }) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {facts.map(([term, what], line) => (
        <Fragment key={`${line} ${term}`}>
          <dt>{term}</dt>
          <dd>{what}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
