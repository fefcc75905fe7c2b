import { makeStyles, Paper, Typography } from '@material-ui/core';
import type { ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  card: { padding: theme.spacing(3), overflowWrap: 'anywhere' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  title: { margin: 0 },
}));

/** A card of the home page: its heading, a link to more, and its content. */
export function HomeCard({
  children,
  more,
  title,
}: {
  children: ReactNode;
  more?: ReactNode;
  title: string;
}) {
  const classes = useStyles();
  return (
    <Paper className={classes.card}>
      <div className={classes.head}>
        <Typography variant="h5" component="h2" className={classes.title}>
          {title}
        </Typography>
        {more}
      </div>
      {children}
    </Paper>
  );
}
