import { makeStyles } from '@material-ui/core';

/** Styles of a guide: tables and code scroll instead of widening the page. */
export const useGuideStyles = makeStyles(theme => ({
  page: {
    display: 'grid',
    gap: theme.spacing(4),
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.up('md')]: {
      gridTemplateColumns: 'minmax(0, 90ch) minmax(0, 240px)',
    },
  },
  contents: {
    [theme.breakpoints.up('md')]: {
      alignSelf: 'start',
      gridColumn: 2,
      maxHeight: `calc(100vh - ${theme.spacing(4)}px)`,
      overflowY: 'auto',
      position: 'sticky',
      top: theme.spacing(2),
      '& + *': { gridColumn: 1, gridRow: 1 },
    },
  },
  list: {
    display: 'grid',
    gap: theme.spacing(1),
    listStyle: 'none',
    margin: 0,
    padding: theme.spacing(0.5),
  },
  heading: {
    marginTop: theme.spacing(2),
    scrollMarginTop: `${theme.spacing(2)}px`,
  },
  text: {
    lineHeight: 1.5,
    overflowWrap: 'break-word',
    '& > :first-child': { marginTop: 0 },
    // Color alone does not set links apart from the text.
    '& a': { textDecoration: 'underline' },
    '& pre, & table': { maxWidth: '100%', overflowX: 'auto' },
    '& pre': {
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      padding: theme.spacing(1.5),
    },
    '& table': { display: 'block', width: 'fit-content' },
    '& td': {
      lineHeight: 'inherit',
      padding: theme.spacing(1),
      verticalAlign: 'top',
      wordBreak: 'normal',
    },
    '& th': { textAlign: 'left' },
  },
}));
