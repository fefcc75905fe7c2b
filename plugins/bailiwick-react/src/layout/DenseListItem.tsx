import {
  ListItem,
  ListItemIcon,
  ListItemText,
  makeStyles,
} from '@material-ui/core';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  icon: { minWidth: theme.spacing(4.5) },
  // Backstage cuts the texts of dense lists off.
  text: { overflowWrap: 'anywhere', whiteSpace: 'normal' },
}));

/** An item of a dense list that wraps its text instead of truncating it. @public */
export function DenseListItem({
  action,
  divider = false,
  icon,
  primary,
  secondary,
}: {
  /** Element after the text. */
  action?: ReactNode;
  divider?: boolean;
  icon?: ReactNode;
  primary: ReactNode;
  secondary?: ReactNode;
}) {
  const classes = useStyles();
  return (
    <ListItem disableGutters divider={divider}>
      {icon && <ListItemIcon className={classes.icon}>{icon}</ListItemIcon>}
      <ListItemText
        className={classes.text}
        primary={primary}
        secondary={secondary}
      />
      {action}
    </ListItem>
  );
}
