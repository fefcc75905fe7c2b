import type { CallHistoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { screen } from '@testing-library/react';
import { FakePortal } from '../../../../__fixtures__/FakePortal';
import { anApp } from '../../../../__fixtures__/views';
import { renderPage } from '../../../../__testUtils__/renderPage';
import { EnvironmentCharts } from './EnvironmentCharts';

const route =
  'GET /tenants/rates-desk/apps/month-end-prices/history?span=day&environment=dev';
const at = (slot: number) => new Date(slot * 900_000).toISOString();
const view: CallHistoryView = {
  seconds: 900,
  from: at(0),
  to: at(4),
  total: { calls: 90, errors: 3, since: at(0) },
  points: [
    { at: at(0), calls: 30, errors: 3, cores: 0.02, memory: 200 * 2 ** 20 },
    { at: at(1) },
    { at: at(2), calls: 60, errors: 0, cores: 0.4, memory: 92 * 2 ** 20 },
    { at: at(3), calls: 0, errors: 0 },
  ],
  functions: [],
  markers: [],
  notes: [],
};

const show = (portal: FakePortal) =>
  renderPage(
    <EnvironmentCharts
      app={anApp()}
      environment="dev"
      limits={{ cpu: '500m', memory: '512Mi' }}
    />,
    portal,
  );

describe('EnvironmentCharts', () => {
  it('shows a figure and a chart of the same day, with the limits of pods', async () => {
    await show(new FakePortal().answers(route, view));
    for (const name of [
      'Calls, 24 h: 90 calls, 3 errors',
      'CPU peak, 24 h: 0.4 of 0.5\u00a0cores',
      'Memory peak, 24 h: 200\u00a0MiB of 512\u00a0MiB',
    ])
      expect(await screen.findByRole('img', { name })).toBeVisible();
    expect(screen.getByText('0.4 of 0.5 cores')).toBeVisible();
    // Two times with samples, and a gap between them.
    const chart = screen.getByRole('img', { name: /^CPU/ });
    expect(chart.querySelectorAll('g')).toHaveLength(2);
  });

  it('has its titles while it loads, so that nothing moves afterwards', async () => {
    await show(new FakePortal().hangs(route));
    for (const title of ['Calls, 24 h', 'CPU peak, 24 h', 'Memory peak, 24 h'])
      expect(screen.getByText(title)).toBeVisible();
    expect(screen.queryByText('–')).toBeNull();
  });

  it('shows unknown values instead of zero', async () => {
    const points = view.points.map(point => ({ at: point.at }));
    const total = { calls: 0, errors: 0 };
    await show(new FakePortal().answers(route, { ...view, points, total }));
    expect(
      await screen.findByRole('img', { name: 'Calls, 24 h: unknown' }),
    ).toBeVisible();
    expect(screen.getAllByText('–')).toHaveLength(3);
  });

  it('explains why the history can’t be loaded', async () => {
    await show(new FakePortal().answers(route, 'The portal is busy', 503));
    expect(
      await screen.findByText(
        'Can’t load the metrics: The portal is busy. Reload the page to try again.',
      ),
    ).toBeVisible();
  });
});
