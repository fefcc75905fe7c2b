import type { Stale } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  RelativeTime,
  useLostSource,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';

/**
 * Shows since when the health beside it may be out of date, and why: the cluster of the environment does not respond,
 * or the page around it is stale. Shows nothing while the health is current.
 */
export function StaleNote({ stale }: { stale?: Stale }) {
  const lost = useLostSource();
  if (!stale && !lost) return null;
  const since = stale?.since ?? new Date(lost!.at).toISOString();
  return (
    <Typography variant="body2" color="textSecondary">
      Last seen <RelativeTime at={since} />.{' '}
      {stale?.why ?? `No response from the ${lost!.who}.`}
    </Typography>
  );
}
