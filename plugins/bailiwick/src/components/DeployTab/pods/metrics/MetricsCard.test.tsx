import type { MetricsView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../../../__fixtures__/views';
import { renderPage } from '../../../../__testUtils__/renderPage';
import { MetricsCard } from './MetricsCard';

const path =
  '/tenants/rates-desk/apps/month-end-prices/environments/dev/metrics';
const nothing: MetricsView = {
  source: 'runtime',
  seconds: 10,
  minutes: 30,
  points: [],
  markers: [],
  use: [],
  notes: [],
};

describe('MetricsCard', () => {
  it('names the source', async () => {
    const view: MetricsView = { ...nothing, source: 'prometheus', minutes: 60 };
    const portal = new FakePortal().streams(path, view);
    await renderPage(
      <MetricsCard app={anApp()} environment="dev" pods={[]} />,
      portal,
    );
    expect(
      await screen.findByText(/^From Prometheus, .* last 60 minutes/),
    ).toBeVisible();
  });

  it('draws new values, with a table behind the chart', async () => {
    const portal = new FakePortal().streams(path, nothing);
    await renderPage(
      <MetricsCard app={anApp()} environment="dev" pods={aDeployment().pods} />,
      portal,
    );
    expect(
      await screen.findByText('Waiting for the second sample'),
    ).toBeVisible();
    const at = (second: number) => `2026-11-20T08:00:${second}.000Z`;
    portal.send(path, {
      ...nothing,
      points: [
        { at: at(10), calls: 6, errors: 0, rows: 60, mean: 0.2, p95: 2.5 },
        { at: at(20), calls: 120, errors: 0.5, rows: 0 },
      ],
      markers: [{ at: at(20), commits: ['bbb'] }],
      use: [
        {
          pod: 'month-end-prices-1',
          memory: 2 ** 27,
          cores: 0.125,
          calls: 4711,
          running: 3,
        },
      ],
      notes: ['1 of 2 pods did not respond.'],
    });
    const chart = await screen.findByRole('img', {
      name: 'Calls/min: 63 now, 120 at most',
    });
    // The library of charts is loaded first.
    expect(
      await within(chart).findByText('New code deployed: bbb'),
    ).toBeTruthy();
    expect(screen.getByText(/1 of 2 pods did not respond/)).toBeVisible();
    expect(screen.getByText('4711')).toBeVisible();
    expect(screen.getByRole('cell', { name: '3' })).toBeVisible();
    expect(screen.getByText('128 MiB of 512 MiB')).toBeVisible();
    // Latency has one sample, which no line shows.
    const latency = screen.getByRole('img', { name: /^Mean latency/ });
    expect(latency.querySelectorAll('circle')).toHaveLength(1);
    expect(chart.querySelectorAll('circle')).toHaveLength(0);
    expect(screen.getByText('0.13 of 0.5 cores')).toBeVisible();
    await userEvent.click(screen.getByText('Show table'));
    const table = screen.getByRole('table', { name: 'Metrics as a table' });
    const [, newest, oldest] = within(table).getAllByRole('row');
    expect(newest).toHaveTextContent(/120.*0\.5.*0.*–.*–/);
    expect(oldest).toHaveTextContent(/200 ms.*2\.5 s/);
  });
});
