import type { CallHistoryView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { screen } from '@testing-library/react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { CallsCard } from './CallsCard';

const route = 'GET /tenants/rates-desk/apps/month-end-prices/history?span=day';
const quarter = 900_000;
const from = Date.parse('2026-11-19T08:15:00Z');

/** A history of the last slots of a day; the slots before are unknown. */
function aHistory(...calls: (number | undefined)[]): CallHistoryView {
  const points = Array.from({ length: 96 }, (_, slot) => {
    const count = calls[slot - 96 + calls.length];
    return {
      at: new Date(from + slot * quarter).toISOString(),
      ...(count !== undefined && { calls: count, errors: count > 5 ? 1 : 0 }),
    };
  });
  const sum = (key: 'calls' | 'errors') =>
    points.reduce((all, point) => all + (point[key] ?? 0), 0);
  return {
    seconds: 900,
    from: new Date(from).toISOString(),
    to: new Date(from + 96 * quarter).toISOString(),
    total: {
      calls: sum('calls'),
      errors: sum('errors'),
      since: points.find(point => point.calls !== undefined)?.at,
    },
    points,
    functions: [],
    markers: [],
    notes: [],
  };
}

const show = (view: CallHistoryView | string, status = 200) =>
  renderPage(
    <CallsCard app="month-end-prices" tenant="rates-desk" />,
    new FakePortal().answers(route, view, status),
  );

describe('CallsCard', () => {
  it('shows the calls and errors of the sparkline’s times', async () => {
    await show(aHistory(4, 0, 6));
    expect(await screen.findByText('10 calls')).toBeVisible();
    expect(screen.getByText('1 error')).toBeVisible();
    const chart = screen.getByRole('img', {
      name: '10 calls and 1 error in the last 24 hours',
    });
    // Unknown slots have no bar; a slot without calls has its base line.
    expect(chart.querySelectorAll('g')).toHaveLength(3);
    expect(screen.getByText(/^Counted since/)).toBeVisible();
  });

  it('names the day at the start of the axis', async () => {
    const yesterday = new Date();
    yesterday.setDate(yesterday.getDate() - 1);
    await show({ ...aHistory(4), from: yesterday.toISOString() });
    expect(await screen.findByText(/^yesterday \d\d:\d\d$/)).toBeVisible();
  });

  it('shows zero when there were no calls', async () => {
    await show(aHistory(...Array.from({ length: 96 }, () => 0)));
    expect(await screen.findByText('0 calls')).toBeVisible();
    expect(screen.queryByText(/^Counted since/)).toBeNull();
  });

  it('does not show zero when nothing was counted', async () => {
    const notes = ['Calls of 1 of 1 gateways are missing: ECONNREFUSED.'];
    await show({ ...aHistory(), notes });
    expect(await screen.findByText(/^Unknown\. Calls of 1/)).toBeVisible();
    expect(screen.queryByRole('img')).toBeNull();
    expect(screen.queryByText(/0 calls/)).toBeNull();
  });

  it('reports that the calls cannot be loaded', async () => {
    await show('The portal is starting.', 503);
    expect(
      await screen.findByText(/^Can’t load the calls: The portal is starting/),
    ).toBeVisible();
  });
});
