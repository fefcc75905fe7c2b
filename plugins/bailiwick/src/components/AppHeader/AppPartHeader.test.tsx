import {
  EntityProvider,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { TestApiProvider } from '@backstage/test-utils';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { AppPartHeader } from './AppPartHeader';

const owner = { type: 'ownedBy', targetRef: 'group:default/rates' };
const system = {
  type: 'partOf',
  targetRef: 'system:rates-desk/month-end-prices',
};

const show = (
  kind: string,
  relations: (typeof owner)[],
  {
    at,
    portal = new FakePortal(),
    tab = '/',
  }: {
    at?: string;
    portal?: FakePortal;
    tab?: string;
  } = {},
) =>
  renderPage(
    <TestApiProvider
      apis={[[starredEntitiesApiRef, new MockStarredEntitiesApi()]]}
    >
      <EntityProvider entity={{ ...appEntity, kind, relations }}>
        <AppPartHeader activeTabId={tab} />
      </EntityProvider>
    </TestApiProvider>,
    portal,
    at,
  );

describe('AppPartHeader', () => {
  it('leads from an API to tenant, owner and system', async () => {
    await show('API', [owner, system]);
    expect(
      screen.getByRole('heading', { name: 'Month-end prices' }),
    ).toBeVisible();
    expect(screen.getByText('API')).toBeVisible();
    const links = screen
      .getAllByRole('link')
      .map(link => link.getAttribute('href'));
    expect(links).toEqual([
      '/catalog/default/domain/rates-desk',
      '/catalog/default/group/rates',
      '/catalog/rates-desk/system/month-end-prices',
    ]);
  });

  it('leads readers to the data of the function in its address', async () => {
    await show('API', [owner], { at: '/#prices.close' });
    expect(screen.getByRole('button', { name: 'Get data' })).toHaveAttribute(
      'href',
      '/catalog/rates-desk/component/month-end-prices/get-data#prices.close',
    );
  });

  it('offers access to people without it, except where the page does', async () => {
    const portal = new FakePortal()
      .streamsList('/tenants', [])
      .streamsList('/requests', []);
    await show('API', [owner], { portal, tab: '/definition' });
    expect(
      await screen.findByRole('button', {
        name: 'Request access to Month-end prices',
      }),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Get data' })).toBeNull();
    cleanup();
    await show('API', [owner], { portal });
    await waitFor(() =>
      expect(screen.queryByRole('button', { name: 'Get data' })).toBeNull(),
    );
    expect(screen.queryByRole('button', { name: /Request access/ })).toBeNull();
  });

  it('shows no system in the header of a system', async () => {
    await show('System', [
      owner,
      { type: 'partOf', targetRef: 'domain:default/rates-desk' },
    ]);
    expect(screen.getByText('System')).toBeVisible();
    expect(screen.getAllByRole('link')).toHaveLength(2);
  });
});
