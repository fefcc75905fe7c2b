import type { CallHistoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../../../__fixtures__/FakePortal';
import { anApp } from '../../../../__fixtures__/views';
import { renderPage } from '../../../../__testUtils__/renderPage';
import { MetricsHistoryCard } from './MetricsHistoryCard';

const route = (span: string) =>
  `GET /tenants/rates-desk/apps/month-end-prices/history?span=${span}&environment=dev`;
const begin = Date.now();

/** Begin of a slot; the slot 3 began half a minute ago. */
const at = (slot: number) =>
  new Date(begin - 30_000 - (3 - slot) * 900_000).toISOString();

const view = (seconds: number): CallHistoryView => ({
  seconds,
  from: at(0),
  to: at(4),
  total: { calls: 90, errors: 3, since: at(0) },
  points: [
    { at: at(0), calls: 30, errors: 3, mean: 0.2, p95: 0.5 },
    { at: at(1) },
    {
      ...{ at: at(2), calls: 60, errors: 0, mean: 0.2, p95: 0.4 },
      ...{ rows: 900, cores: 0.25, memory: 64 * 2 ** 20 },
    },
    { at: at(3), calls: 7, errors: 0 },
  ],
  functions: [{ environment: 'dev', fn: 'prices', calls: 90, errors: 3 }],
  markers: [],
  notes: [],
});

describe('MetricsHistoryCard', () => {
  it('draws rates of complete slots, with a table behind and gaps where nothing is known', async () => {
    const portal = new FakePortal()
      .answers(route('day'), view(900))
      .answers(route('hours'), view(60));
    await renderPage(
      <MetricsHistoryCard
        app={anApp()}
        environment="dev"
        onEnvironment={() => {}}
      />,
      portal,
    );
    // 60 calls in 15 minutes; the slot that began just now is left out.
    expect(
      await screen.findByRole('img', {
        name: 'Calls per minute: 4 now, 4 at most',
      }),
    ).toBeVisible();
    const functions = screen.getByRole('table', { name: 'Calls by function' });
    expect(within(functions).getByText('prices')).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Show metrics table' }),
    );
    const table = screen.getByRole('table', {
      name: 'Metrics over time',
    });
    const cells = within(table)
      .getAllByRole('row')
      .slice(1)
      .map(row =>
        within(row)
          .getAllByRole('cell')
          .slice(1)
          .map(({ textContent }) => textContent),
      );
    expect(cells).toEqual([
      ['4', '0', '400\u00a0ms', '60', '0.25\u00a0cores', '64\u00a0MiB'],
      ['–', '–', '–', '–', '–', '–'],
      ['2', '0.2', '500\u00a0ms', '–', '–', '–'],
    ]);
  });

  it('scales the open slot to a whole one, so that new calls appear', async () => {
    const whole = view(900);
    const opened = new Date(Date.now() - 450_000).toISOString();
    const points = [{ at: opened, calls: 60, errors: 0 }];
    const portal = new FakePortal().answers(route('day'), { ...whole, points });
    await renderPage(
      <MetricsHistoryCard
        app={anApp()}
        environment="dev"
        onEnvironment={() => {}}
      />,
      portal,
    );
    // 60 calls in 7.5 minutes.
    expect(
      await screen.findByRole('img', {
        name: /^Calls per minute: [78](\.\d)? /,
      }),
    ).toBeVisible();
  });
});
