import { makeStyles, Tooltip, Typography } from '@material-ui/core';
import { useEffect, useState } from 'react';
import { formatElapsed } from '../time/formatElapsed';
import { graceMs } from './lostSource';
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

/** Shows whether the page is live; otherwise the unresponsive component, since when and why. @public */
export function LiveMark({ live }: { live: Live<unknown> }) {
  const { error, heardAt, lost } = live;
  const [now, setNow] = useState(Date.now());
  const [brokenAt, setBrokenAt] = useState(now);
  const isShort = !lost && now - brokenAt < graceMs;
  const isLive = live.isLive || isShort;
  const classes = useStyles({ isLive });
  useEffect(() => {
    if (live.isLive) return undefined;
    setNow(Date.now());
    setBrokenAt(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [live.isLive]);
  if (!heardAt) return null;
  const since = lost?.at ?? heardAt;
  const seconds = Math.max(0, Math.round((now - since) / 1_000));
  const who = lost?.who ?? 'portal';
  const why = lost?.why ?? error?.message;
  return (
    <Tooltip title={why ?? 'The page updates automatically.'}>
      <Typography className={classes.root} component="span" variant="body2">
        <span className={classes.dot} aria-hidden />
        {/* Only the words are announced, not each second of the counter. */}
        <span role="status">
          {isLive ? 'Live' : `Not live: no response from the ${who}`}
        </span>
        {!isLive && <span>for {formatElapsed(seconds)}</span>}
      </Typography>
    </Tooltip>
  );
}
