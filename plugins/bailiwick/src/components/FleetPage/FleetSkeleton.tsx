import { makeStyles, Paper } from '@material-ui/core';
import Skeleton from '@material-ui/lab/Skeleton';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(2) },
  chips: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  rows: {
    display: 'grid',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
  },
}));

/** Stands where the apps will be: chips, filters, layout and lines. */
export function FleetSkeleton() {
  const classes = useStyles();
  return (
    <div className={classes.root} role="status" aria-label="Loading">
      <div className={classes.chips}>
        {[110, 130, 120, 90, 130, 120].map((width, chip) => (
          <Skeleton key={chip} variant="rect" width={width} height={32} />
        ))}
      </div>
      <Paper className={classes.rows}>
        <Skeleton variant="rect" height={40} />
        <Skeleton variant="rect" height={40} />
        {[0, 1, 2, 3, 4, 5].map(row => (
          <Skeleton key={row} variant="rect" height={45} />
        ))}
      </Paper>
    </div>
  );
}
