import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPlan, aRequest, aTenant } from '../../__fixtures__/views';
import { RequestsRoutes } from './RequestsRoutes';

const opened = '/?request=rates-desk-create-1';
const decision = 'POST /requests/rates-desk-create-1/decision';

/** The pages at the place in the portal to which their links lead. */
function RequestsAt() {
  return (
    <Routes>
      <Route path="/requests/*" element={<RequestsRoutes />} />
    </Routes>
  );
}

describe('RequestsPage', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal().answers('GET /plans', { items: [aPlan()] });
  });

  it('explains an empty inbox', async () => {
    portal.streamsList('/requests', []);
    await renderPage(<RequestsRoutes />, portal);
    expect(await screen.findByText('No requests')).toBeVisible();
  });

  it('reports that it can’t be loaded', async () => {
    portal.answers('GET /requests?watch=true', 'no', 403);
    await renderPage(<RequestsRoutes />, portal);
    expect(await screen.findByText('Requests can’t be loaded')).toBeVisible();
  });

  it('shows the reader’s decisions first', async () => {
    const mine = aRequest({
      metadata: { name: 'b', creationTimestamp: '2026-11-20T09:00:00Z' },
      mine: true,
      canDecide: false,
    });
    const done = aRequest({
      metadata: { name: 'c', creationTimestamp: '2026-11-21T09:00:00Z' },
      canDecide: false,
      status: { phase: 'Applied' },
    });
    portal.streamsList('/requests', [done, mine, aRequest()]);
    await renderPage(<RequestsRoutes />, portal);
    const [, yours, first, own, second, closed, third] =
      await screen.findAllByRole('row');
    expect(yours).toHaveTextContent('Pending your approval 1');
    expect(within(first).getByText('Pending')).toBeVisible();
    expect(own).toHaveTextContent('Your pending requests 1');
    expect(within(second).getByText('Pending')).toBeVisible();
    expect(closed).toHaveTextContent('Closed 1');
    expect(within(third).getByText('Completed')).toBeVisible();
  });

  it('filters by the reader’s decisions, also while one is open', async () => {
    const mine = aRequest({
      metadata: { name: 'mine' },
      mine: true,
      canDecide: false,
    });
    portal.streamsList('/requests', [mine, aRequest()]);
    await renderPage(<RequestsRoutes />, portal);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Pending my approval (1)' }),
    );
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(screen.getByRole('link', { name: /^New tenant/ })).toHaveAttribute(
      'href',
      '/?waiting=yes&request=rates-desk-create-1',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(screen.getAllByRole('row')).toHaveLength(5);
  });

  it('keeps a request open when the filters are cleared', async () => {
    portal.streamsList('/requests', [aRequest()]);
    await renderPage(<RequestsRoutes />, portal, `${opened}&mine=yes`);
    await screen.findByRole('dialog', { name: 'New tenant Rates desk' });
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters', hidden: true }),
    );
    expect(
      screen.getByRole('row', { hidden: true, name: /Rates/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('dialog', { name: 'New tenant Rates desk' }),
    ).toBeVisible();
  });

  it('opens a request with a preview, and decides with a reason', async () => {
    portal
      .streamsList('/requests', [aRequest()])
      .answers(decision, aRequest({ canDecide: false }));
    await renderPage(<RequestsRoutes />, portal, opened);
    const drawer = await screen.findByRole('dialog', {
      name: 'New tenant Rates desk',
    });
    expect(within(drawer).getByText('Resources to create')).toBeVisible();
    expect(within(drawer).getByText(/prod \(protected/)).toBeVisible();
    expect(within(drawer).getByText(aTenant().spec.purpose)).toBeVisible();
    expect(within(drawer).getByText('rita')).toBeVisible();
    const approve = within(drawer).getByRole('button', { name: 'Approve' });
    expect(approve).toBeDisabled();

    await userEvent.type(
      within(drawer).getByRole('textbox', { name: /Your reason/ }),
      'Fits.',
    );
    await userEvent.click(approve);
    await waitFor(() =>
      expect(portal.calls.at(-1)).toEqual({
        method: 'POST',
        path: '/requests/rates-desk-create-1/decision',
        body: { verdict: 'approve', reason: 'Fits.' },
      }),
    );
  });

  describe('for a change of a tenant', () => {
    const used = {
      cpu: '3440m',
      memory: '1Gi',
      storage: '0',
      pods: 4,
      apps: 2,
    };
    const changed = (tenants: unknown[], proposed: Record<string, unknown>) => {
      const { spec } = aRequest();
      portal.streamsList('/tenants', tenants).streamsList('/requests', [
        aRequest({
          spec: { ...spec, action: 'setEnvironments', proposed },
          status: {
            phase: 'Open',
            evidence: { usedRatio: 0.86, tenantsOfOwner: 2, used },
          },
        }),
      ]);
      return renderPage(<RequestsRoutes />, portal, opened);
    };
    const environments = [{ name: 'dev', cluster: 'local', protected: false }];

    it('shows values before and after', async () => {
      await changed([aTenant()], { environments, plan: 'large' });
      const drawer = await screen.findByRole('dialog');
      expect(await within(drawer).findByText('small → large')).toBeVisible();
      expect(within(drawer).getByText('Environments')).toBeVisible();
      expect(
        within(drawer).getByText(/^3.44 CPU, 1 GiB memory, .* 4 pods$/),
      ).toBeVisible();
      expect(
        within(drawer).getByText('prod: removed, was cluster local, protected'),
      ).toBeVisible();
    });

    it('shows the proposal to people who cannot see the tenant', async () => {
      await changed([], { expiresAt: '2027-01-01T00:00:00Z' });
      const drawer = await screen.findByRole('dialog');
      expect(within(drawer).getByText('Expires')).toBeVisible();
      expect(within(drawer).getByText('January 1, 2027')).toBeVisible();
    });

    it('shows the facts by which it is judged', async () => {
      await changed([], {});
      const drawer = await screen.findByRole('dialog');
      expect(within(drawer).getByText('Highest resource usage')).toBeVisible();
      expect(within(drawer).getByText('86% of the plan')).toBeVisible();
    });
  });

  describe('of a new tenant', () => {
    const known = async (tenants: unknown[], tenantsOfOwner: number) => {
      portal.streamsList('/tenants', tenants).streamsList('/requests', [
        aRequest({
          status: {
            phase: 'Open',
            evidence: { members: 2, environments: 2, tenantsOfOwner },
          },
        }),
      ]);
      await renderPage(<RequestsRoutes />, portal, opened);
      return within(await screen.findByRole('dialog'));
    };
    const fx = aTenant({
      metadata: { name: 'fx-desk' },
      spec: { ...aTenant().spec, title: 'FX desk' },
    });

    it('names the owner’s tenants with their limits', async () => {
      const drawer = await known([fx], 1);
      expect(
        await drawer.findByText(
          'FX desk (dev, prod), plan Small: 2 CPU, 4 GiB memory, 20 GiB storage, 20 pods, 5 apps in each',
        ),
      ).toBeVisible();
      expect(drawer.queryByText('Members of it')).toBeNull();
      expect(drawer.queryByText('Tenants of owner')).toBeNull();
    });

    it('counts those that the reader does not see', async () => {
      const drawer = await known([], 2);
      expect(await drawer.findByText('2 tenants')).toBeVisible();
    });

    it('reports that the owner has none', async () => {
      const drawer = await known([], 0);
      expect(await drawer.findByText('no other tenant')).toBeVisible();
    });
  });

  it.each(['/gone', '/gone/further', '/?request=gone'])(
    'reports at %s that there is no such request',
    async address => {
      portal.streamsList('/requests', [aRequest()]);
      await renderPage(<RequestsAt />, portal, `/requests${address}`);
      expect(await screen.findByText(/Request not found/)).toBeVisible();
      expect(
        screen.getByRole('link', { name: 'New tenant Rates desk' }),
      ).toBeVisible();
    },
  );

  it('leads from the old address of the form to the new one', async () => {
    await renderPage(
      <Routes>
        <Route path="/requests/*" element={<RequestsRoutes />} />
        <Route path="/tenants/-/new" element={<>The form</>} />
      </Routes>,
      portal,
      '/requests/new',
    );
    expect(await screen.findByText('The form')).toBeVisible();
  });

  it('opens the request in the address', async () => {
    portal.streamsList('/requests', [aRequest()]);
    await renderPage(<RequestsAt />, portal, '/requests/rates-desk-create-1');
    expect(await screen.findByRole('dialog')).toBeVisible();
  });

  it('shows comments as plain text, and requests changes', async () => {
    const path = '/requests/rates-desk-create-1/comments';
    const comment = {
      by: 'user:default/rita',
      at: '2026-11-20T08:00:00Z',
      text: '<b>Bold</b> plans.',
    };
    portal
      .streamsList('/requests', [
        aRequest({ status: { phase: 'Open', comments: [comment] } }),
      ])
      .answers(`POST ${path}`, aRequest());
    await renderPage(<RequestsRoutes />, portal, opened);
    const drawer = await screen.findByRole('dialog');
    expect(within(drawer).getByText('<b>Bold</b> plans.')).toBeVisible();
    expect(within(drawer).queryByText('Changes requested')).toBeNull();
    const ask = within(drawer).getByRole('button', { name: 'Request changes' });
    expect(ask).toBeDisabled();
    await userEvent.type(
      within(drawer).getByRole('textbox', { name: 'Comment' }),
      'One environment is enough.',
    );
    await userEvent.click(ask);
    await waitFor(() =>
      expect(portal.calls.at(-1)).toEqual({
        method: 'POST',
        path,
        body: { text: 'One environment is enough.', requestsChanges: true },
      }),
    );
    const text = 'One environment is enough.';
    const asked = { ...comment, text, requestsChanges: true };
    portal.send('/requests', {
      type: 'changed',
      item: aRequest({ status: { phase: 'Open', comments: [comment, asked] } }),
    });
    expect(await within(drawer).findByText('Changes requested')).toBeVisible();
    expect(within(drawer).getByText('Pending')).toBeVisible();
  });

  it('shows why a decision was refused', async () => {
    portal
      .streamsList('/requests', [aRequest()])
      .answers(decision, 'The request is no longer pending', 403);
    await renderPage(<RequestsRoutes />, portal, opened);
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Your reason/ }),
      'No.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Deny' }));
    expect(
      await screen.findByText('The request is no longer pending'),
    ).toBeVisible();
  });

  it('explains to the requester that another person decides', async () => {
    portal.streamsList('/requests', [
      aRequest({ mine: true, canDecide: false }),
    ]);
    await renderPage(<RequestsRoutes />, portal, opened);
    expect(
      await screen.findByText(/can’t approve your own request/),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('names approvers and expiry, and withdraws the requester’s own request', async () => {
    const mine = aRequest({
      metadata: {
        name: 'rates-desk-create-1',
        creationTimestamp: '2026-11-20T09:00:00Z',
      },
      mine: true,
      canDecide: false,
    });
    portal
      .streamsList('/requests', [mine])
      .answers('POST /requests/rates-desk-create-1/withdrawal', mine);
    await renderPage(<RequestsRoutes />, portal, opened);
    expect(await screen.findByText(/, until December 4, 2026/)).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }));
    expect(portal.calls).not.toContainEqual(
      expect.objectContaining({ method: 'POST' }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Withdraw request' }),
    );
    await waitFor(() =>
      expect(portal.calls.at(-1)).toMatchObject({
        method: 'POST',
        path: '/requests/rates-desk-create-1/withdrawal',
      }),
    );
    portal.send('/requests', {
      type: 'changed',
      item: { ...mine, status: { phase: 'Withdrawn' } },
    });
    expect(await screen.findByText(/withdrew the request/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Withdraw' })).toBeNull();
  });

  it('lists the objects that an offboarding deleted', async () => {
    const { spec } = aRequest();
    portal.streamsList('/requests', [
      aRequest({
        canDecide: false,
        spec: {
          ...spec,
          action: 'offboard',
          proposed: { confirm: 'rates-desk' },
        },
        status: {
          phase: 'Applied',
          removed: {
            uid: 'u',
            objects: [{ kind: 'Namespace', count: 3 }],
            left: 0,
          },
        },
      }),
    ]);
    await renderPage(<RequestsRoutes />, portal, opened);
    expect(await screen.findByText('Deleted with the tenant')).toBeVisible();
    expect(screen.getByText('nothing')).toBeVisible();
    expect(screen.getByText(/^deleted with all its contents/)).toBeVisible();
  });

  it('follows the verdict while the drawer is open', async () => {
    portal.streamsList('/requests', [aRequest()]);
    await renderPage(<RequestsRoutes />, portal, opened);
    await screen.findByRole('dialog');
    portal.send('/requests', {
      type: 'changed',
      item: aRequest({
        canDecide: false,
        status: {
          phase: 'Denied',
          verdict: {
            verdict: 'deny',
            by: 'user:default/pia',
            reason: 'Too large.',
            at: '2026-11-20T08:00:00Z',
          },
        },
      }),
    });
    expect(await screen.findByText(/“Too large\.”/)).toBeVisible();
    expect(screen.getByText('Requested resources')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });
});
