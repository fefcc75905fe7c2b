import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenant } from '../../../__testUtils__/renderTenant';

const button = (name: string) => screen.findByRole('button', { name });

describe('Reads', () => {
  const at = 'reads';
  const aRead = (number: number) => ({
    at: `2026-11-25T10:00:00.${String(1_000_000 - number).slice(-6)}Z`,
    tenant: 'rates-desk',
    environment: 'dev',
    app: 'feed',
    fn: 'prices',
    format: 'text/csv',
    subject: 'user:default/tom',
    grant: 'tom-excel',
    client: 'excel',
    address: '10.1.2.3',
    status: number === 1 ? 429 : 200,
    isAborted: false,
    rows: 24,
    bytes: 2_048,
    ms: 12,
  });

  it('lists the newest reads, and loads older ones', async () => {
    const items = Array.from({ length: 100 }, (_, index) => aRead(index + 1));
    const older = encodeURIComponent(items[99].at);
    await renderTenant({
      at,
      prepare: portal =>
        portal
          .answers('GET /tenants/rates-desk/reads?', {
            items,
            notes: ['West is missing.'],
          })
          .answers(`GET /tenants/rates-desk/reads?before=${older}`, {
            items: [aRead(101)],
            notes: [],
          }),
    });
    expect(await screen.findByText('100 reads loaded')).toBeVisible();
    expect(screen.getByText('West is missing.')).toBeVisible();
    expect(screen.getByText('Status 429')).toBeVisible();
    expect(screen.getAllByText(/^24 rows, 2/)).toHaveLength(99);
    await userEvent.click(await button('Load older reads'));
    expect(await screen.findByText('101 reads loaded')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Load older reads' }),
    ).toBeNull();
  });

  it('refers people who are not owners to one', async () => {
    await renderTenant({
      at,
      prepare: portal =>
        portal.answers('GET /tenants/rates-desk/reads?', 'Only owners.', 403),
    });
    expect(
      await screen.findByText(
        'Reads are visible only to owners and platform engineers',
      ),
    ).toBeVisible();
  });

  it('reports that no one has read anything yet', async () => {
    await renderTenant({
      at,
      prepare: portal =>
        portal.answers('GET /tenants/rates-desk/reads?', {
          items: [],
          notes: [],
        }),
    });
    expect(await screen.findByText('No reads yet')).toBeVisible();
  });
});
