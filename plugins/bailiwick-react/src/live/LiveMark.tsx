import { makeStyles, Tooltip, Typography } from '@material-ui/core';
import { useEffect, useState } from 'react';
import type { Live } from './useLive';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
  },
  dot: {
    width: 8,
    height: 8,
    borderRadius: '50%',
    backgroundColor: ({ isLive }: { isLive: boolean }) =>
      isLive ? theme.palette.success.main : theme.palette.warning.main,
  },
}));

/** Tells whether what is shown follows the cluster, or for how long it has not, and why. */
export function LiveMark({ live }: { live: Live<unknown> }) {
  const { clusterLost, error, heardAt, isLive } = live;
  const classes = useStyles({ isLive });
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (isLive) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isLive]);
  if (!heardAt) return null;
  const since = clusterLost?.at ?? heardAt;
  const seconds = Math.max(0, Math.round((now - since) / 1_000));
  const who = clusterLost ? 'cluster' : 'portal';
  const why = clusterLost?.why ?? error?.message;
  return (
    <Tooltip title={why ?? 'Changes appear here by themselves.'}>
      <Typography className={classes.root} component="span" variant="body2">
        <span className={classes.dot} aria-hidden />
        {/* Only the words are announced, not each second of the counter. */}
        <span role="status">
          {isLive ? 'Live' : `Not live: the ${who} has not answered`}
        </span>
        {!isLive && <span>for {seconds} s</span>}
      </Typography>
    </Tooltip>
  );
}
