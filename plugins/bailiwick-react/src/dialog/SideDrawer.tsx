import { Drawer, IconButton, makeStyles, Typography } from '@material-ui/core';
import CloseIcon from '@material-ui/icons/Close';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(560px, 100vw)',
    padding: theme.spacing(3),
    overflowWrap: 'anywhere',
  },
  part: {
    display: 'grid',
    alignContent: 'start',
    flexShrink: 0,
    gap: theme.spacing(2),
    // Nothing in it widens the drawer.
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  footer: {
    margin: theme.spacing(2, -3, -3),
    marginTop: 'auto',
    padding: theme.spacing(2, 3, 3),
    borderTop: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    // Low windows, and those at a zoom of 200 %, have no room for it beside the content.
    '@media (min-height: 600px)': {
      position: 'sticky',
      bottom: theme.spacing(-3),
      zIndex: 1,
    },
  },
  title: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'start',
    marginBottom: theme.spacing(2),
  },
}));

/** A drawer at the side of the page with the details of one item. */
export function SideDrawer({
  children,
  closeLabel = 'Close',
  footer,
  onClose,
  title,
}: {
  children: ReactNode;
  /** Label of the close button. */
  closeLabel?: string;
  /** Content that stays at the bottom while the rest loads or is scrolled, such as a decision. */
  footer?: ReactNode;
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
      <div className={classes.part}>{children}</div>
      {footer && (
        <div className={`${classes.part} ${classes.footer}`}>{footer}</div>
      )}
    </Drawer>
  );
}
