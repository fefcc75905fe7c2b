import { withFullStop } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { CallHistoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import Skeleton from '@material-ui/lab/Skeleton';
import { formatRecentTime } from '../charts/formatTime';
import { TabCard } from '../TabCard';
import { Sparkline } from './Sparkline';
import { useCallHistory } from './useCallHistory';

const useStyles = makeStyles(theme => ({
  // Keeps its height while the history loads.
  root: { minHeight: 128 },
  figures: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(1),
  },
  errors: { color: theme.palette.error.main },
  axis: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginTop: theme.spacing(0.5),
  },
}));

/** Calls and errors of an app in the last 24 hours, as a tile whose sparkline covers the same time. */
export function CallsCard({ app, tenant }: { app: string; tenant: string }) {
  const classes = useStyles();
  const { error, value } = useCallHistory({ app, tenant, span: 'day' });
  return (
    <TabCard title="Calls, last 24 hours">
      <div className={classes.root}>
        {value && <Calls view={value} />}
        {!value && error && (
          <Typography variant="body2" color="textSecondary">
            Can’t load the calls: {withFullStop(error.message)} Reload the page
            to try again.
          </Typography>
        )}
        {!value && !error && <Skeleton variant="rect" height={128} />}
      </div>
    </TabCard>
  );
}

function Calls({ view }: { view: CallHistoryView }) {
  const classes = useStyles();
  const { from, notes, points, total } = view;
  const { calls, errors, since } = total;
  if (!since)
    return (
      <Typography variant="body2" color="textSecondary">
        Unknown. {notes.join(' ')}
      </Typography>
    );
  const timeOf = (at: string) => formatRecentTime(Date.parse(at), Date.now());
  const label = `${formatCount(calls, 'call')} and ${formatCount(
    errors,
    'error',
  )} in the last 24 hours`;
  return (
    <>
      <div className={classes.figures}>
        <Typography variant="h5" component="p">
          {formatCount(calls, 'call')}
        </Typography>
        <Typography
          variant="body2"
          className={errors > 0 ? classes.errors : undefined}
          color={errors > 0 ? undefined : 'textSecondary'}
        >
          {formatCount(errors, 'error')}
        </Typography>
      </div>
      <Sparkline label={label} points={points} />
      <div className={classes.axis}>
        <Typography variant="caption" color="textSecondary">
          {timeOf(from)}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {since > from && `Counted since ${timeOf(since)}`}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          now
        </Typography>
      </div>
      {notes.length > 0 && (
        <Typography variant="caption" color="textSecondary">
          {notes.join(' ')}
        </Typography>
      )}
    </>
  );
}
