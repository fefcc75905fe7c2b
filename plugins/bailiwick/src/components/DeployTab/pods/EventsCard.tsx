import { InfoCard } from '@backstage/core-components';
import type {
  EventView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  DenseListItem,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { List, Typography } from '@material-ui/core';
import InfoOutlinedIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/Warning';

/** Warnings, but for those about pods that answer by now, or are gone. */
export function troublesOf(events: EventView[], pods: PodView[]): EventView[] {
  const waiting = new Set(
    pods.filter(({ ready }) => !ready).map(({ name }) => name),
  );
  return events.filter(({ object, type }) => {
    const [kind, name] = object.split(' ');
    return type === 'Warning' && (kind !== 'Pod' || waiting.has(name));
  });
}

/** What happened to the parts of an app, newest first; only what still matters alarms. */
export function EventsCard({
  events,
  pods,
}: {
  events: EventView[];
  pods: PodView[];
}) {
  const troubles = troublesOf(events, pods);
  return (
    <InfoCard title="Events">
      {events.length === 0 ? (
        <Typography color="textSecondary">
          What happens to the app's parts shows here for an hour. Nothing did
          lately.
        </Typography>
      ) : (
        <List
          dense
          disablePadding
          style={{ maxHeight: 360, overflowY: 'auto' }}
          tabIndex={0}
          aria-label="Events"
        >
          {events.map(event => (
            <DenseListItem
              key={event.id}
              icon={
                troubles.includes(event) ? (
                  <WarningIcon color="error" aria-label="Warning" />
                ) : (
                  <InfoOutlinedIcon aria-label="For your information" />
                )
              }
              primary={event.message || event.reason}
              secondary={
                <>
                  {event.environment} · {event.object}
                  {event.count > 1 && ` · ${event.count} times`} ·{' '}
                  <RelativeTime at={event.at} />
                </>
              }
            />
          ))}
        </List>
      )}
    </InfoCard>
  );
}
