import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aRequest, aTenant, anApp } from '../../__fixtures__/views';
import { TenantsRoutes } from './TenantsRoutes';

const ready = { ready: true, message: 'The cluster is ready.', steps: [] };

describe('TenantsPage', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal().streams('/cluster', ready);
  });

  it('shows skeletons until it knows', async () => {
    portal.hangs('GET /tenants?watch=true');
    await renderPage(<TenantsRoutes />, portal);
    expect(screen.getByRole('status', { name: 'Loading' })).toBeVisible();
  });

  it('says what failed and offers to try again', async () => {
    portal.answers('GET /tenants?watch=true', 'etcd is gone', 403);
    await renderPage(<TenantsRoutes />, portal);
    expect(
      await screen.findByText('The tenants cannot be shown'),
    ).toBeVisible();
    expect(screen.getByText('etcd is gone')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  it('says what a tenant is when there is none, and how to get one', async () => {
    portal.streamsList('/tenants', []);
    await renderPage(<TenantsRoutes />, portal);
    expect(await screen.findByText('No tenant yet')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Request a tenant' }),
    ).toHaveAttribute('href', '/tenants/-/new');
  });

  it('shows tenants with mine first, and follows their changes', async () => {
    const foreign = aTenant({
      metadata: { name: 'a-desk' },
      myRole: undefined,
      spec: { ...aTenant().spec, title: 'A desk' },
    });
    portal.streamsList('/tenants', [foreign, aTenant()]);
    await renderPage(<TenantsRoutes />, portal);
    const links = () =>
      screen
        .getAllByRole('link')
        .map(link => link.textContent)
        .filter(text => text?.endsWith('desk'));
    await screen.findByText('Rates desk');
    expect(links()).toEqual(['Rates desk', 'A desk']);

    portal.send('/tenants', { type: 'removed', id: 'a-desk' });
    await waitFor(() => expect(links()).toEqual(['Rates desk']));
  });

  it('finds tenants by any of their words', async () => {
    const other = aTenant({
      metadata: { name: 'b' },
      spec: { ...aTenant().spec, title: 'Genomics' },
    });
    portal.streamsList('/tenants', [aTenant(), other]);
    await renderPage(<TenantsRoutes />, portal);
    await userEvent.type(
      await screen.findByLabelText('Search tenants'),
      'geno',
    );
    expect(screen.getByText('Genomics')).toBeVisible();
    expect(screen.queryByText('Rates desk')).toBeNull();
    await userEvent.type(screen.getByLabelText('Search tenants'), 'xyz');
    expect(screen.getByText(/Nothing matches/)).toBeVisible();
  });

  it('tells how far the cluster is while it starts', async () => {
    portal.streamsList('/tenants', []).streams('/cluster', {
      ready: false,
      message: 'The cluster is starting: API server.',
      steps: [{ name: 'api', title: 'API server', state: 'running' }],
    });
    await renderPage(<TenantsRoutes />, portal);
    expect(await screen.findByText(/is starting: API server/)).toBeVisible();
    portal.send('/cluster', ready);
    await waitFor(() => expect(screen.queryByText(/is starting/)).toBeNull());
  });
});

describe('TenantPage', () => {
  it('shows what is used of the limits, the members and the terms', async () => {
    const usage = { cpu: '1', memory: '1Gi', pods: 2, apps: 1 };
    const portal = new FakePortal()
      .streamsList('/tenants', [
        aTenant({
          status: {
            environments: [
              {
                name: 'dev',
                namespace: 'rates-desk--dev',
                ready: true,
                used: usage,
                limit: { cpu: '2', memory: '4Gi', pods: 20, apps: 5 },
              },
            ],
          },
        }),
      ])
      .streamsList('/apps', [anApp()]);
    await renderPage(<TenantsRoutes />, portal, '/rates-desk');
    const cpu = await screen.findByRole('progressbar', {
      name: /^CPU: 1 of 2/,
    });
    expect(cpu).toHaveAttribute('aria-valuenow', '50');
    expect(screen.getByText(/bea$/)).toBeVisible();
    expect(screen.getByText('Month-end prices')).toBeVisible();
    expect(screen.getByText(/protected: takes only releases/)).toBeVisible();
  });

  it('leads to the request for it that waits', async () => {
    const portal = new FakePortal()
      .streamsList('/tenants', [])
      .streamsList('/apps', [])
      .streamsList('/requests', [aRequest({ mine: true, mayDecide: false })]);
    await renderPage(<TenantsRoutes />, portal, '/rates-desk');
    expect(
      await screen.findByRole('button', { name: 'See the request' }),
    ).toHaveAttribute('href', '/requests?request=rates-desk-create-1');
    expect(screen.queryByText(/does not exist/)).toBeNull();
  });

  it('does not tell a stranger whether the tenant exists', async () => {
    const portal = new FakePortal()
      .streamsList('/tenants', [])
      .streamsList('/apps', []);
    await renderPage(<TenantsRoutes />, portal, '/secret-desk');
    expect(
      await screen.findByText('There is no tenant “secret-desk” for you'),
    ).toBeVisible();
  });
});
