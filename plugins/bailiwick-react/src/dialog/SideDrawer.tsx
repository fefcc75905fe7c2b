import { Drawer, IconButton, makeStyles, Typography } from '@material-ui/core';
import CloseIcon from '@material-ui/icons/Close';
import { useId, type ReactNode } from 'react';

/** Lower windows, and those at a zoom of 200 %, have no room for a footer beside the content. */
const tall = '@media (min-height: 600px)';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 'min(560px, 100vw)',
    overflowWrap: 'anywhere',
    [tall]: { overflow: 'hidden' },
  },
  part: {
    display: 'grid',
    alignContent: 'start',
    gap: theme.spacing(2),
    // Nothing in it widens the drawer.
    gridTemplateColumns: 'minmax(0, 1fr)',
    padding: theme.spacing(3),
  },
  content: {
    flex: '1 0 auto',
    [tall]: { flexShrink: 1, minHeight: 0, overflowY: 'auto' },
  },
  footer: {
    flexShrink: 0,
    paddingTop: theme.spacing(2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  title: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'start',
  },
}));

/** A drawer at the side of the page with the details of one item. @public */
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
      <div className={`${classes.part} ${classes.content}`}>
        <div className={classes.title}>
          <Typography variant="h5" component="h2" id={id}>
            {title}
          </Typography>
          <IconButton onClick={onClose} aria-label={closeLabel} edge="end">
            <CloseIcon />
          </IconButton>
        </div>
        {children}
      </div>
      {footer && (
        <div className={`${classes.part} ${classes.footer}`}>{footer}</div>
      )}
    </Drawer>
  );
}
