import type { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import { makeStyles } from '@material-ui/core';
import { Fragment } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignItems: 'start',
    gap: theme.spacing(3),
    [theme.breakpoints.up('md')]: {
      gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr)',
    },
  },
  column: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(3),
  },
}));

/**
 * Cards of an entity in two columns. Backstage's own layout also looks for problems of the catalog, with two requests
 * for each card that loads; the suite's entities come from a provider and have none.
 */
export function CardLayout({ cards }: EntityContentLayoutProps) {
  const classes = useStyles();
  const column = (isInfo: boolean) => (
    <div className={classes.column}>
      {cards
        .filter(({ type }) => (type === 'info') === isInfo)
        .map(({ element }, position) => (
          <Fragment key={element.key ?? position}>{element}</Fragment>
        ))}
    </div>
  );
  return (
    <div className={classes.root}>
      {column(false)}
      {column(true)}
    </div>
  );
}
