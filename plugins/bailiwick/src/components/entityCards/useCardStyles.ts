import { makeStyles } from '@material-ui/core';

/** How parts of a card stand under one another. */
export const useCardStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
  /** Cards beside one another where there is room. */
  pair: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 320px), 1fr))',
    alignItems: 'start',
    '& > *': { minWidth: 0 },
  },
  chips: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1, 2) },
  chip: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
  },
  list: {
    display: 'grid',
    gap: theme.spacing(1.5),
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
}));
