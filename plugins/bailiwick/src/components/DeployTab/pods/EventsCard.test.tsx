import type {
  EventView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EventsCard } from './EventsCard';

const probe: EventView = {
  id: 'probe',
  at: '2026-11-20T08:00:00Z',
  count: 3,
  environment: 'dev',
  message: 'Startup probe failed: connection refused',
  object: 'Pod feed-1',
  reason: 'Unhealthy',
  type: 'Warning',
};
const started: EventView = {
  ...probe,
  id: 'started',
  message: 'Container started',
  reason: 'Started',
  type: 'Normal',
};
const pod = (ready: boolean) => ({ name: 'feed-1', ready } as PodView);

describe('EventsCard', () => {
  const readiness: EventView = {
    ...probe,
    id: 'readiness',
    count: 2,
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
  };

  it('collapses failed start-up and readiness probes of pods that are ready', async () => {
    render(
      <EventsCard events={[started, readiness, probe]} pods={[pod(true)]} />,
    );
    expect(screen.getByText('Container started')).toBeVisible();
    expect(screen.queryByText(/^Startup probe/)).toBeNull();
    expect(
      screen.getByText('5 failed probes of pods that are ready now'),
    ).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show failed probes' }),
    );
    expect(screen.getByText(/^Startup probe/)).toBeVisible();
  });

  it('shows failed liveness probes, which restart containers', () => {
    const message = 'Liveness probe failed: timeout';
    render(<EventsCard events={[{ ...probe, message }]} pods={[pod(true)]} />);
    expect(screen.getByText(message)).toBeVisible();
  });

  it('counts the probes of deleted pods apart', () => {
    const deleted = { ...probe, id: 'gone', count: 1, object: 'Pod gone-1' };
    render(<EventsCard events={[probe, deleted]} pods={[pod(true)]} />);
    expect(
      screen.getByText(
        '3 failed probes of pods that are ready now; 1 failed probe of deleted pods',
      ),
    ).toBeVisible();
  });

  it('shows the newest ten, and all on request', async () => {
    const events = Array.from({ length: 12 }, (_, number) => ({
      ...started,
      id: `started-${number}`,
      message: `Container ${number} started`,
    }));
    render(<EventsCard events={events} pods={[pod(true)]} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(10);
    expect(screen.getByText('Container 9 started')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 12 events' }),
    );
    expect(screen.getAllByRole('listitem')).toHaveLength(12);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows those of a pod that does not start', () => {
    render(<EventsCard events={[started, probe]} pods={[pod(false)]} />);
    expect(screen.getByText(/^Startup probe/)).toBeVisible();
    expect(screen.queryByRole('button')).toBeNull();
  });
});
