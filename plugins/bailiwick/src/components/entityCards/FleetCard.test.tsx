import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import type { WatchPath } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { act, screen } from '@testing-library/react';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aFleetRow, aFleetTenant } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { FleetCard } from './FleetCard';

const entity = (
  kind: string,
  type: string,
  annotations: Record<string, string>,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name: 'any', annotations },
  spec: { type, owner: 'group:default/rates' },
});
const tenant = entity('Domain', 'tenant', {
  'bailiwick.dev/tenant': 'rates-desk',
});
const path = '/fleet?tenant=rates-desk';

const render = (of: Entity, at: WatchPath, items = [aFleetRow()]) => {
  const portal = new FakePortal().streams(at, {
    type: 'snapshot',
    items,
    tenants: [aFleetTenant()],
  });
  return renderPage(
    <EntityProvider entity={of}>
      <FleetCard />
    </EntityProvider>,
    portal,
  ).then(() => portal);
};

describe('FleetCard', () => {
  it('counts the apps of a tenant by health, and leads to them', async () => {
    const worst = { name: 'b', title: 'Bonds', health: 'Failed' as const };
    const [place] = aFleetRow().environments;
    const environments = [
      place,
      { ...place, health: 'Failed' as const, why: 'It crashes.' },
    ];
    await render(tenant, path, [
      aFleetRow(),
      aFleetRow({ ...worst, environments }),
    ]);
    expect(await screen.findByText('It crashes.')).toBeVisible();
    expect(screen.getByRole('link', { name: '1 Failed' })).toHaveAttribute(
      'href',
      '/apps?tenant=rates-desk&health=Failed',
    );
    expect(screen.getByRole('link', { name: '1 Healthy' })).toBeVisible();
    expect(screen.queryByText(/Degraded/)).toBeNull();
    expect(screen.getByRole('link', { name: 'Bonds' })).toHaveAttribute(
      'href',
      '/catalog/rates-desk/component/b',
    );
    expect(screen.queryByText('Tenant')).toBeNull();
  });

  it.each([
    [
      'Apps created from this pack',
      entity('Domain', 'domain-pack', { 'bailiwick.dev/domain': 'market' }),
      '/fleet?pack=market',
      '/apps?domain=market',
    ],
    [
      'Apps on this cluster',
      entity('Resource', 'kubernetes-cluster', {
        'bailiwick.dev/cluster': 'local',
      }),
      '/fleet?cluster=local',
      '/apps?cluster=local',
    ],
  ] as const)('shows %s', async (title, of, at, address) => {
    await render(of, at);
    expect(await screen.findByText(title)).toBeVisible();
    expect(await screen.findByText('rates-desk')).toBeVisible();
    expect(screen.getByRole('link', { name: 'View in Apps' })).toHaveAttribute(
      'href',
      address,
    );
  });

  it('follows changes', async () => {
    const portal = await render(tenant, path);
    expect(await screen.findByText('Healthy')).toBeVisible();
    act(() =>
      portal.send(path, {
        type: 'changed',
        items: [aFleetRow({ health: 'Degraded' })],
        removed: [],
      }),
    );
    expect(await screen.findByText('Degraded')).toBeVisible();
  });

  it('reports that the reader can see none', async () => {
    await render(tenant, path, []);
    expect(await screen.findByText(/No apps that you can see/)).toBeVisible();
  });

  it('shows no more than fit, and leads to the others', async () => {
    const many = Array.from({ length: 12 }, (_, index) =>
      aFleetRow({ name: `app-${index}`, title: `App ${index}` }),
    );
    await render(tenant, path, many);
    expect(await screen.findByText('App 0')).toBeVisible();
    expect(screen.getAllByText(/^App \d+$/)).toHaveLength(10);
    expect(
      screen.getByRole('link', { name: 'View all 12 in Apps' }),
    ).toBeVisible();
  });
});
