import { InfoCard, Link } from '@backstage/core-components';
import type { Health } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  DenseListItem,
  formatMessage,
  HealthIcon,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, List, Typography } from '@material-ui/core';
import AddCircleIcon from '@material-ui/icons/AddCircleOutline';
import { useState } from 'react';
import type { ShownApp } from './fleetCriteria';
import { useAppAddress } from '../AppLink';
import { changesOfDay, type RecentChange } from './changesOfDay';

const title = 'Changes in the last day';
const fewest = 8;
const most = 100;

/** Verb for the start of a health. */
const verbs: Record<Health, string> = {
  Healthy: 'became healthy',
  Progressing: 'started to roll out',
  Degraded: 'degraded',
  Failed: 'failed',
  Suspended: 'was suspended',
  Unknown: 'became unknown',
};

function happened({ place }: RecentChange): string {
  return place ? `${verbs[place.health]} in ${place.name}` : 'was created';
}

/** Lists the changes of the shown apps within the last day, newest first. */
export function RecentChanges({ apps }: { apps: ShownApp[] }) {
  const addressOf = useAppAddress();
  const [isLong, setLong] = useState(false);
  const changes = changesOfDay(apps, Date.now());
  const shown = changes.slice(0, isLong ? most : fewest);
  return (
    <InfoCard title={title} titleTypographyProps={{ variant: 'h6' }}>
      {changes.length === 0 && (
        <Typography color="textSecondary">
          {apps.length === 0
            ? 'No apps match the filters.'
            : 'No apps were created, and no health changed.'}
        </Typography>
      )}
      <List dense disablePadding aria-label={title}>
        {shown.map(change => (
          <DenseListItem
            key={change.id}
            icon={
              change.place ? (
                <HealthIcon health={change.place.health} />
              ) : (
                <AddCircleIcon fontSize="small" aria-hidden />
              )
            }
            primary={
              <>
                <Link underline="always" to={`${addressOf(change.app)}/deploy`}>
                  {change.app.title}
                </Link>{' '}
                {happened(change)}
              </>
            }
            secondary={
              <>
                {change.place &&
                  `${formatMessage(change.place.why).replace(/\.$/, '')} · `}
                <RelativeTime at={change.at} />
              </>
            }
          />
        ))}
      </List>
      {changes.length > fewest && !isLong && (
        <Button size="small" onClick={() => setLong(true)}>
          Show more of {changes.length}
        </Button>
      )}
      {isLong && changes.length > most && (
        <Typography variant="body2" color="textSecondary">
          The newest {most} of {changes.length}.
        </Typography>
      )}
    </InfoCard>
  );
}
