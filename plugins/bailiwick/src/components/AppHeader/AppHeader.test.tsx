import {
  EntityProvider,
  MockStarredEntitiesApi,
  starredEntitiesApiRef,
} from '@backstage/plugin-catalog-react';
import { TestApiProvider } from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { appEntity } from '../../__fixtures__/examplePortal';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aDeployment, anApp } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { AppHeader } from './AppHeader';

const path = '/tenants/rates-desk/apps/month-end-prices';
const page = '/catalog/rates-desk/component/month-end-prices';
const entity = {
  ...appEntity,
  relations: [{ type: 'ownedBy', targetRef: 'group:default/rates' }],
};

const Address = () => <output>{useLocation().search}</output>;

const render = (portal: FakePortal) =>
  renderPage(
    <TestApiProvider
      apis={[[starredEntitiesApiRef, new MockStarredEntitiesApi()]]}
    >
      <EntityProvider entity={entity}>
        <AppHeader activeTabId="/" />
        <Address />
      </EntityProvider>
    </TestApiProvider>,
    portal,
  );
const show = (canBuild: boolean) =>
  render(
    new FakePortal().streams(
      path,
      aDeployment({
        app: anApp({ canBuild }),
        reading: { people: ['user:default/tom'], tokens: 2, calls: 0 },
      }),
    ),
  );
const button = (name: string) => screen.queryByRole('button', { name });

describe('AppHeader', () => {
  it('shows tenant, address, health, owner and readers, and leads to data and code', async () => {
    await show(true);
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.getByRole('link', { name: 'rates-desk' })).toHaveAttribute(
      'href',
      '/tenants/rates-desk',
    );
    expect(await screen.findByRole('link', { name: /^rates$/i })).toBeVisible();
    expect(
      await screen.findByRole('link', { name: '1 person with tokens' }),
    ).toHaveAttribute('href', `${page}/get-data`);
    expect(
      await screen.findByText(
        /^http:\/\/gateway\.test\/v1\/rates-desk\/dev\/month-end-prices/,
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Copy the address in dev' }),
    ).toBeVisible();
    expect(button('Get data')).toHaveAttribute('href', `${page}/get-data`);
    expect(button('Edit code')).toHaveAttribute('href', `${page}/code`);
  });

  it('shows the code only to people who can change it', async () => {
    await show(false);
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(button('Get data')).toBeVisible();
    expect(button('Edit code')).toBeNull();
  });

  it('leads strangers to the tenant in the catalog, and offers nothing they may not do', async () => {
    const refusal = 'You may not read this app.';
    await render(
      new FakePortal().answers(`GET ${path}?watch=true`, refusal, 403),
    );
    await waitFor(() =>
      expect(screen.getByRole('link', { name: 'rates-desk' })).toHaveAttribute(
        'href',
        '/catalog/default/domain/rates-desk',
      ),
    );
    expect(button('Get data')).toBeNull();
    expect(button('Edit code')).toBeNull();
    expect(screen.queryByText('Health')).toBeNull();
    expect(screen.queryByText('Readers')).toBeNull();
    expect(screen.queryByText('Address')).toBeNull();
  });

  it('switches to another app of the tenant by keyboard', async () => {
    const { spec } = anApp();
    const other = anApp({
      metadata: { name: 'bonds' },
      spec: { ...spec, title: 'Bonds' },
    });
    const foreign = anApp({ tenant: 'fx-desk', metadata: { name: 'fx' } });
    await render(
      new FakePortal()
        .streams(path, aDeployment())
        .answers('GET /apps', { items: [anApp(), other, foreign] }),
    );
    (await screen.findByRole('button', { name: 'Switch app' })).focus();
    await userEvent.keyboard('{Enter}');
    expect(
      await screen.findByRole('menuitem', { name: 'Month-end prices' }),
    ).toHaveAttribute('aria-current', 'page');
    expect(screen.getAllByRole('menuitem')).toHaveLength(3);
    expect(screen.getByRole('menuitem', { name: 'Bonds' })).toHaveAttribute(
      'href',
      '/catalog/rates-desk/component/bonds',
    );
    expect(screen.getByRole('menuitem', { name: 'All apps' })).toHaveAttribute(
      'href',
      '/apps',
    );
  });

  it('opens the catalog’s dialog about the entity', async () => {
    await show(true);
    await userEvent.click(screen.getByLabelText('More actions'));
    await userEvent.click(
      screen.getByRole('menuitem', { name: 'Inspect entity' }),
    );
    expect(await screen.findByText('?inspect=overview')).toBeInTheDocument();
  });
});
