import type {
  EventView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  DenseListItem,
  formatCount,
  RelativeTime,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, List, Typography } from '@material-ui/core';
import InfoOutlinedIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/Warning';
import { useState } from 'react';
import { TabCard } from '../../TabCard';

/** Returns warnings, except those about pods that are ready by now, or were deleted. */
export function troublesOf(events: EventView[], pods: PodView[]): EventView[] {
  const waiting = new Set(
    pods.filter(({ ready }) => !ready).map(({ name }) => name),
  );
  return events.filter(({ object, type }) => {
    const [kind, name] = object.split(' ');
    return type === 'Warning' && (kind !== 'Pod' || waiting.has(name));
  });
}

/**
 * Whether an event is a failed start-up or readiness probe. Every pod has some until its code is loaded. Failed liveness
 * probes restart containers, so they are shown.
 */
function isStartingProbe({ message, reason }: EventView): boolean {
  return (
    reason === 'Unhealthy' && /^(Startup|Readiness) probe failed/.test(message)
  );
}

/** Summarizes failed probes of pods that are ready now, and of deleted pods. */
function describeProbes(probes: EventView[], pods: PodView[]): string {
  const isThere = ({ object }: EventView) =>
    pods.some(({ name }) => object === `Pod ${name}`);
  const failed = (of: string, events: EventView[]) => {
    const count = events.reduce((sum, event) => sum + event.count, 0);
    return count > 0
      ? `${formatCount(count, 'failed probe')} of ${of}`
      : undefined;
  };
  return [
    failed('pods that are ready now', probes.filter(isThere)),
    failed(
      'deleted pods',
      probes.filter(event => !isThere(event)),
    ),
  ]
    .filter(Boolean)
    .join('; ');
}

/** Events that are shown at first. */
const eventsShown = 10;

/**
 * Lists the events of an app, newest first. Only warnings that still matter stand out; failed start-up and readiness probes of pods that are ready are
 * collapsed.
 */
export function EventsCard({
  events,
  pods,
}: {
  events: EventView[];
  pods: PodView[];
}) {
  const [hasProbes, setProbes] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const troubles = troublesOf(events, pods);
  const probes = events.filter(
    event => isStartingProbe(event) && !troubles.includes(event),
  );
  const shown = hasProbes
    ? events
    : events.filter(event => !probes.includes(event));
  const first = isWhole ? shown : shown.slice(0, eventsShown);
  return (
    <TabCard title="Events">
      {events.length === 0 ? (
        <Typography color="textSecondary">
          No events in the last hour
        </Typography>
      ) : (
        <List dense disablePadding aria-label="Events">
          {first.map(event => (
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
      {first.length < shown.length && (
        <Button size="small" onClick={() => setWhole(true)}>
          Show all {formatCount(shown.length, 'event')}
        </Button>
      )}
      {probes.length > 0 && (
        <Stack direction="row" spacing={1}>
          <Typography variant="body2" color="textSecondary">
            {describeProbes(probes, pods)}
          </Typography>
          <Button
            size="small"
            aria-expanded={hasProbes}
            onClick={() => setProbes(!hasProbes)}
          >
            {hasProbes ? 'Hide' : 'Show'} failed probes
          </Button>
        </Stack>
      )}
    </TabCard>
  );
}
