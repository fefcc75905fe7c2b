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

/** Tells whether what is shown follows the server, or since when it does not. */
export function LiveMark({ live }: { live: Live<unknown> }) {
  const { error, heardAt, isLive } = live;
  const classes = useStyles({ isLive });
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (isLive) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isLive]);
  if (!heardAt) return null;
  const seconds = Math.max(0, Math.round((now - heardAt) / 1_000));
  return (
    <Tooltip title={error?.message ?? 'Changes appear here by themselves.'}>
      <Typography className={classes.root} component="span" variant="body2">
        <span className={classes.dot} aria-hidden />
        {/* Only the words are announced, not each second of the counter. */}
        <span role="status">{isLive ? 'Live' : 'Stale'}</span>
        {!isLive && <span>since {seconds} s</span>}
      </Typography>
    </Tooltip>
  );
}
