import { Drawer, IconButton, makeStyles, Typography } from '@material-ui/core';
import CloseIcon from '@material-ui/icons/Close';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(560px, 100vw)',
    padding: theme.spacing(3),
    display: 'grid',
    alignContent: 'start',
    gap: theme.spacing(2),
    // Nothing in it widens the drawer.
    gridTemplateColumns: 'minmax(0, 1fr)',
    overflowWrap: 'anywhere',
  },
  title: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'start',
  },
}));

/** A drawer at the side of the page with the details of one item. */
export function SideDrawer({
  children,
  closeLabel = 'Close',
  onClose,
  title,
}: {
  children: ReactNode;
  /** Label of the close button. */
  closeLabel?: string;
  onClose: () => void;
  title: ReactNode;
}) {
  const classes = useStyles();
  const id = useId();
  return (
    <Drawer
      anchor="right"
      open
      onClose={onClose}
      PaperProps={
        {
          className: classes.paper,
          role: 'dialog',
          'aria-labelledby': id,
        } as object
      }
    >
      <div className={classes.title}>
        <Typography variant="h5" component="h2" id={id}>
          {title}
        </Typography>
        <IconButton onClick={onClose} aria-label={closeLabel} edge="end">
          <CloseIcon />
        </IconButton>
      </div>
      {children}
    </Drawer>
  );
}
