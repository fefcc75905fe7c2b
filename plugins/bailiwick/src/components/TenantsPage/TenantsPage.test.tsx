import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPlan, aTenant } from '../../__fixtures__/views';
import { TenantsRoutes } from './TenantsRoutes';

const ready = { ready: true, message: 'The cluster is ready.', steps: [] };

describe('TenantsPage', () => {
  let portal: FakePortal;
  beforeEach(() => {
    const large = { ...aPlan({ title: 'Large' }), metadata: { name: 'large' } };
    portal = new FakePortal()
      .streams('/cluster', ready)
      .answers('GET /plans', { items: [aPlan(), large] });
  });

  it('shows skeletons while loading', async () => {
    portal.hangs('GET /tenants?watch=true');
    await renderPage(<TenantsRoutes />, portal);
    expect(screen.getByRole('status', { name: 'Loading' })).toBeVisible();
  });

  it('shows the error with a retry', async () => {
    portal.answers('GET /tenants?watch=true', 'etcd is gone', 403);
    await renderPage(<TenantsRoutes />, portal);
    expect(await screen.findByText('Tenants can’t be loaded')).toBeVisible();
    expect(screen.getByText('etcd is gone')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });

  it('explains tenants if there are none, with the next step', async () => {
    portal.streamsList('/tenants', []);
    await renderPage(<TenantsRoutes />, portal);
    expect(await screen.findByText('No tenants yet')).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Request a tenant' }),
    ).toHaveAttribute('href', '/tenants/-/new');
  });

  it('explains an empty list to people without a group', async () => {
    portal.streamsList('/tenants', []).answers('GET /me', {
      user: 'user:development/guest',
      groups: [],
      platformEngineer: false,
    });
    await renderPage(<TenantsRoutes />, portal);
    const reason = await screen.findByText(/you belong to no group/);
    await waitFor(() =>
      expect(reason).toHaveTextContent(
        /^You are signed in as development\/guest, and you/,
      ),
    );
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
    expect(await screen.findAllByRole('cell', { name: 'Small' })).toHaveLength(
      2,
    );
    expect(screen.getByRole('cell', { name: 'None' })).toBeVisible();
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
    expect(screen.getByText(/No matches/)).toBeVisible();
  });

  describe('with filters', () => {
    const { spec } = aTenant();
    const tenants = [
      aTenant(),
      aTenant({
        metadata: { name: 'a-desk' },
        myRole: undefined,
        spec: {
          ...spec,
          title: 'A desk',
          plan: 'large',
          expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
        },
      }),
    ];
    const shown = () =>
      ['Rates desk', 'A desk'].filter(title => screen.queryByText(title));

    it('narrows the list, with the filters in the address', async () => {
      portal.streamsList('/tenants', tenants);
      await renderPage(<TenantsRoutes />, portal, '/?ending=yes');
      const ending = await screen.findByRole('button', {
        name: 'Expiring within 14\u00a0days (1)',
      });
      expect(ending).toHaveAttribute('aria-pressed', 'true');
      expect(shown()).toEqual(['A desk']);
      await userEvent.click(screen.getByRole('button', { name: 'Mine (1)' }));
      expect(screen.getByText(/None of 2 matches the filters/)).toBeVisible();
      await userEvent.click(
        screen.getByRole('button', { name: 'Clear filters' }),
      );
      expect(shown()).toEqual(['Rates desk', 'A desk']);
    });

    it('shows those of one plan', async () => {
      portal.streamsList('/tenants', tenants);
      await renderPage(<TenantsRoutes />, portal);
      const group = await screen.findByRole('group', { name: 'Filters' });
      await userEvent.click(
        within(group).getByRole('button', { name: /^Plan/ }),
      );
      await userEvent.click(screen.getByRole('option', { name: 'Large' }));
      expect(shown()).toEqual(['A desk']);
    });
  });

  it('shows the progress of a starting cluster', async () => {
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
