import { makeStyles } from '@material-ui/core';

/** Styles of the headers of apps and of their APIs and systems. */
export const useHeaderStyles = makeStyles(theme => ({
  // The title wraps instead of being cut, and makes room for the buttons on narrow windows.
  top: {
    flexWrap: 'wrap',
    '& > :first-child': { flexBasis: 240, height: 'auto', overflow: 'visible' },
    '& > :first-child > *': {
      position: 'static',
      flexWrap: 'wrap',
      transform: 'none',
    },
    '& > :last-child': { flexShrink: 1, flexWrap: 'wrap', maxWidth: '100%' },
    '& h2': {
      flex: '0 1 auto',
      overflowWrap: 'anywhere',
      whiteSpace: 'normal',
    },
  },
  // As large as most chips, while the health loads.
  health: { minWidth: 88, minHeight: 28 },
  owners: { ...theme.typography.body2 },
}));
