import { makeStyles, Paper, Typography } from '@material-ui/core';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    justifyItems: 'start',
    gap: theme.spacing(2),
    padding: theme.spacing(4),
    maxWidth: 720,
  },
}));

/** An empty state: the future content, the reason why it is empty, and one button that fills it. @public */
export function EmptyState({
  action,
  children,
  title,
}: {
  action?: ReactNode;
  children: ReactNode;
  title: string;
}) {
  const classes = useStyles();
  return (
    <Paper className={classes.root}>
      <Typography variant="h5" component="h2">
        {title}
      </Typography>
      <Typography>{children}</Typography>
      {action}
    </Paper>
  );
}
