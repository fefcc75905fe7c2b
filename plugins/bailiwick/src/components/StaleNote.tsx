import type { Stale } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { RelativeTime } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';

/** Says that what is shown of an environment is what was last seen; nothing while its cluster is here. */
export function StaleNote({ stale }: { stale?: Stale }) {
  return stale ? (
    <Typography variant="body2" color="textSecondary">
      Last seen <RelativeTime at={stale.since} />. {stale.why}
    </Typography>
  ) : null;
}
