import { environmentNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type {
  AppView,
  ContainerView,
  EventView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  CopyText,
  Facts,
  RelativeTime,
  SideDrawer,
  Stack,
  formatCount,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { join } from 'shlex';

const eventsShown = 10;

/** One pod: limits and usage of its containers, its events, and links to its log and terminal. */
export function PodDrawer({
  app,
  events,
  hasTerminal,
  onClose,
  pod,
}: {
  app: AppView;
  events: EventView[];
  /** Whether the reader may also reach it with kubectl. */
  hasTerminal: boolean;
  onClose: () => void;
  pod: PodView;
}) {
  const { containers, environment, name } = pod;
  const own = events.filter(({ object }) => object === `Pod ${name}`);
  const port = containers[0]?.port ?? 8080;
  const namespace = environmentNamespace(app.tenant, environment);
  return (
    <SideDrawer
      title={`Pod ${name}`}
      closeLabel="Close the details"
      onClose={onClose}
    >
      <Stack spacing={3}>
        {containers.map(container => (
          <Stack key={container.name} spacing={1}>
            <Typography variant="subtitle1" component="h3">
              Container {container.name}
            </Typography>
            <Facts
              facts={[
                ['Restarts', restartWords(container)],
                ['CPU reserved', formatShare(container, 'cpu')],
                ['Memory reserved', formatShare(container, 'memory')],
              ]}
            />
          </Stack>
        ))}
        <Stack spacing={1}>
          <Typography variant="subtitle1" component="h3">
            Events
          </Typography>
          {own.length === 0 && (
            <Typography variant="body2" color="textSecondary">
              No recent events
            </Typography>
          )}
          {own.slice(0, eventsShown).map(event => (
            <Typography
              key={event.id}
              variant="body2"
              style={{ overflowWrap: 'anywhere' }}
            >
              {event.message || event.reason} · <RelativeTime at={event.at} />
            </Typography>
          ))}
        </Stack>
        {hasTerminal && (
          <Stack spacing={1}>
            <Typography variant="subtitle1" component="h3">
              Connect from your computer
            </Typography>
            <CopyText
              label="the command"
              text={join([
                'kubectl',
                'port-forward',
                '-n',
                namespace,
                `pod/${name}`,
                `${port}:${port}`,
              ])}
            />
            <Typography variant="body2" color="textSecondary">
              Requires kubectl and a kubeconfig for the cluster.
            </Typography>
          </Stack>
        )}
      </Stack>
    </SideDrawer>
  );
}

function restartWords({ ended, restarts }: ContainerView): string {
  if (restarts === 0) return 'None';
  const count = formatCount(restarts, 'restart');
  return ended ? `${count}. Last exit: ${ended.why}` : count;
}

/** Formats the reserved share of a limit. */
function formatShare(
  { limits, requests }: ContainerView,
  what: 'cpu' | 'memory',
): string {
  const most = limits[what] ?? 'no limit';
  return requests[what] ? `${requests[what]} of ${most}` : most;
}
