import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { aPlan, aRequest, aTenant, anApp } from '../../__fixtures__/views';
import { HomePage } from './HomePage';

const nora = {
  user: 'user:default/nora',
  groups: ['group:default/risk'],
  platformEngineer: false,
};

describe('HomePage', () => {
  let portal: FakePortal;
  beforeEach(() => {
    portal = new FakePortal()
      .answers('GET /me', nora)
      .answers('GET /plans', { items: [aPlan()] })
      .streams('/cluster', { ready: true, message: '', steps: [] })
      .answers('GET /packs', { items: [{ spec: { title: 'Market' } }] })
      .streamsList('/tenants', [])
      .streamsList('/apps', [])
      .streamsList('/requests', []);
  });

  const next = (name: string) => screen.findByRole('button', { name });

  it('has the title that the portal sets', async () => {
    await renderPage(<HomePage title="Start" />, portal);
    expect(await screen.findByRole('heading', { name: 'Start' })).toBeVisible();
  });

  it('names the domains of the portal', async () => {
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText(/Domains: Market/)).toBeVisible();
  });

  it('warns of a node that does not report', async () => {
    const warning = 'The node local does not report.';
    portal.streams('/cluster', {
      ready: true,
      message: warning,
      warning,
      steps: [],
    });
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText(warning)).toBeVisible();
  });

  it('leads a newcomer to the request of a tenant', async () => {
    await renderPage(<HomePage />, portal);
    expect(await next('Request a tenant')).toHaveAttribute(
      'href',
      '/tenants/-/new',
    );
    expect(screen.queryByText(/user:default/)).toBeNull();
    expect(screen.getByText('Steps to your first rows')).toBeVisible();
  });

  it('leads to the search page, where the portal has one', async () => {
    const Address = () => {
      const { pathname, search } = useLocation();
      return <output>{pathname + search}</output>;
    };
    await renderPage(
      <>
        <HomePage />
        <Address />
      </>,
      portal,
    );
    await next('Request a tenant');
    await userEvent.type(screen.getByLabelText('Search'), 'yield {Enter}');
    expect(await screen.findByText('/search?query=yield')).toBeVisible();
  });

  it('shows an example of the steps on request', async () => {
    await renderPage(<HomePage />, portal);
    const show = await next('Show example');
    expect(screen.queryByRole('img', { name: /^Example/ })).toBeNull();
    await userEvent.click(show);
    expect(screen.getByRole('img', { name: /^Example/ })).toBeVisible();
    await userEvent.click(await next('Hide example'));
    expect(screen.queryByRole('img', { name: /^Example/ })).toBeNull();
  });

  it('shows granted access as soon as a request for it is approved', async () => {
    const request = (phase: 'Open' | 'Applied') =>
      aRequest({
        mine: true,
        canDecide: false,
        spec: { ...aRequest().spec, action: 'grantAccess' },
        status: { phase },
      });
    portal
      .streamsList('/requests', [request('Open')])
      .streams('/access', { items: [] });
    await renderPage(<HomePage />, portal);
    await next('View request');
    expect(screen.getByText('Your access request is pending')).toBeVisible();
    // Someone who wants to read data needs no tenant.
    expect(screen.queryByText('Steps to your first rows')).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Apps' })).toBeNull();
    expect(screen.queryByText('Data you can read')).toBeNull();
    portal.send('/requests', {
      type: 'snapshot',
      items: [request('Applied')],
    });
    portal.send('/access', {
      items: [
        {
          app: 'month-end-prices',
          environment: 'dev',
          expiresAt: '2030-01-31T00:00:00Z',
          request: 'granted',
          tenant: 'rates-desk',
          title: 'Month-end prices',
        },
      ],
    });
    expect(await screen.findByText('Data you can read')).toBeVisible();
    expect(screen.queryByText('Request your first tenant')).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Apps' })).toBeNull();
  });

  it('shows the next step to a person without a group', async () => {
    portal.answers('GET /me', { ...nora, groups: [] });
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('Join a group or a tenant')).toBeVisible();
    expect(screen.queryByText('Request a tenant')).toBeNull();
  });

  it('does not ask a platform engineer to request a tenant', async () => {
    portal
      .answers('GET /me', { ...nora, platformEngineer: true })
      .streamsList('/tenants', [aTenant({ myRole: undefined })]);
    await renderPage(<HomePage />, portal);
    expect(
      await screen.findByRole('heading', { name: 'Platform' }),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: '1 tenant' })).toHaveAttribute(
      'href',
      '/tenants',
    );
    expect(screen.getByRole('link', { name: 'Clusters' })).toHaveAttribute(
      'href',
      '/catalog?filters%5Bkind%5D=resource&filters%5Btype%5D=kubernetes-cluster&filters%5Buser%5D=all',
    );
    expect(screen.queryByText('Steps to your first rows')).toBeNull();
    expect(screen.queryByText('Request a tenant')).toBeNull();
  });

  it('counts the apps of a platform engineer by health, and tenants that need attention', async () => {
    const at = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const { spec } = aTenant();
    portal
      .answers('GET /me', { ...nora, platformEngineer: true })
      .streamsList('/tenants', [
        aTenant({ myRole: undefined, spec: { ...spec, expiresAt: at } }),
      ])
      .streamsList('/apps', [
        anApp(),
        anApp({
          metadata: { name: 'broken', namespace: 'rates-desk--home' },
          status: { health: 'Failed' },
        }),
      ]);
    await renderPage(<HomePage />, portal);
    expect(
      await screen.findByRole('link', { name: '1 app failed' }),
    ).toHaveAttribute('href', '/apps?health=Failed');
    expect(screen.getByRole('link', { name: '1 app healthy' })).toBeVisible();
    expect(screen.getByText(/: expiring within 14 days/)).toBeVisible();
  });

  it('shows the state of a pending request to its requester', async () => {
    const mine = aRequest({ mine: true, canDecide: false });
    portal.streamsList('/requests', [mine]);
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('Your request is pending')).toBeVisible();
    expect(screen.getByText(/^is pending approval by/)).toBeVisible();
  });

  it('shows for a week that a request was denied, with the reason', async () => {
    const denied = (days: number, reason: string) =>
      aRequest({
        metadata: { name: `rates-desk-create-${days}` },
        mine: true,
        canDecide: false,
        status: {
          phase: 'Denied',
          verdict: {
            verdict: 'deny',
            by: 'user:default/pia',
            reason,
            at: new Date(Date.now() - days * 86_400_000).toISOString(),
          },
        },
      });
    portal.streamsList('/requests', [
      denied(1, 'Too dear.'),
      denied(8, 'Old.'),
    ]);
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('was denied: “Too dear.”')).toBeVisible();
    expect(screen.queryByText(/Old/)).toBeNull();
    expect(screen.getByText('Request your first tenant')).toBeVisible();
  });

  it('lists at most five requests, pending ones before failed ones, and counts the others', async () => {
    const request = (number: number, phase: 'Failed' | 'Open') => {
      const { spec } = aRequest();
      const at = new Date(Date.now() - number * 60_000).toISOString();
      return aRequest({
        metadata: { name: `request-${number}`, creationTimestamp: at },
        spec: {
          ...spec,
          target: { kind: 'App', name: 'prices', namespace: 'rates--home' },
          action: 'promote',
          proposed: { environment: 'prod', release: `prices-r${number}` },
        },
        mine: true,
        canDecide: false,
        status: {
          phase,
          conditions: [
            {
              type: 'Applied',
              status: phase === 'Failed' ? 'False' : 'Unknown',
              reason: 'Checked',
              message: 'The release is gone',
              lastTransitionTime: at,
            },
          ],
        },
      });
    };
    portal.streamsList('/requests', [
      ...[1, 2, 3, 4, 5, 6].map(number => request(number, 'Failed')),
      request(7, 'Open'),
    ]);
    await renderPage(<HomePage />, portal);
    await screen.findByText('2 more requests');
    const names = screen
      .getAllByRole('link', { name: /^Promote/ })
      .map(({ textContent }) => textContent);
    expect(names).toEqual(
      [7, 1, 2, 3, 4].map(number => `Promote prices r${number} to prod`),
    );
  });

  it('leads a builder without an app to the templates', async () => {
    portal.streamsList('/tenants', [aTenant()]);
    await renderPage(<HomePage />, portal);
    expect(await next('Pick a template')).toHaveAttribute('href', '/create');
  });

  it('does not send a viewer to the templates', async () => {
    portal.streamsList('/tenants', [aTenant({ myRole: 'viewer' })]);
    await renderPage(<HomePage />, portal);
    expect(await next('View tenants')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Pick a template' }),
    ).toBeNull();
  });

  it('does not offer a viewer to create another app', async () => {
    portal
      .streamsList('/tenants', [aTenant({ myRole: 'viewer' })])
      .streamsList('/apps', [anApp({ canBuild: false })]);
    await renderPage(<HomePage />, portal);
    expect(
      await screen.findByRole('link', { name: 'View all apps' }),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Pick a template' }),
    ).toBeNull();
  });

  it('links approvers to the pending requests', async () => {
    portal.streamsList('/requests', [aRequest()]);
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('Review pending requests')).toBeVisible();
    expect(screen.getByText(/^Requested by .*: “Prices/)).toBeVisible();
  });

  it('reports a part that can’t be loaded, and shows the rest', async () => {
    portal
      .streamsList('/tenants', [aTenant()])
      .streamsList('/apps', [anApp()])
      .answers('GET /requests?watch=true', 'The cluster is away.', 403);
    await renderPage(<HomePage />, portal);
    expect(
      await screen.findByText('Your requests can’t be loaded'),
    ).toBeVisible();
    expect(screen.getByText('Your next step can’t be loaded')).toBeVisible();
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.queryByText('No pending requests')).toBeNull();
  });

  it('claims nothing while it waits', async () => {
    portal.hangs('GET /requests?watch=true').hangs('GET /apps?watch=true');
    await renderPage(<HomePage />, portal);
    expect(await screen.findAllByLabelText('Loading')).toHaveLength(1);
    expect(screen.queryByText(/There are none/)).toBeNull();
    expect(screen.queryByText('No pending requests')).toBeNull();
  });

  it('shows apps with their health', async () => {
    portal.streamsList('/tenants', [aTenant()]).streamsList('/apps', [anApp()]);
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('Healthy')).toBeVisible();
    expect(screen.queryByText(/One of one pod answers/)).toBeNull();
    expect(await next('Pick a template')).toBeVisible();
  });

  it('reports that the calls of apps can’t be loaded', async () => {
    portal
      .streamsList('/tenants', [aTenant()])
      .streamsList('/apps', [anApp()])
      .answers('GET /calls', 'The gateways are unreachable.', 503);
    await renderPage(<HomePage />, portal);
    expect(
      await screen.findByText(
        'Can’t load the calls: The gateways are unreachable. Reload the page to try again.',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Month-end prices' }),
    ).toBeVisible();
  });

  it('shows the calls of apps, and nothing where none were counted', async () => {
    const { spec } = anApp();
    const other = anApp({
      metadata: { name: 'other', namespace: 'rates-desk--home' },
      spec: { ...spec, title: 'Other' },
    });
    const counted = { tenant: 'rates-desk', calls: 12, errors: 1 };
    const since = '2026-11-20T08:00:00Z';
    portal
      .streamsList('/tenants', [aTenant()])
      .streamsList('/apps', [anApp(), other])
      .answers('GET /calls', {
        items: [
          { ...counted, app: 'month-end-prices', since },
          { ...counted, app: 'other' },
        ],
      });
    await renderPage(<HomePage />, portal);
    expect(await screen.findByText('12 calls in 24 h, 1 error')).toBeVisible();
    expect(screen.getAllByText(/in 24 h/)).toHaveLength(1);
  });

  it('lists at most eight apps, those that need attention first', async () => {
    const app = (number: number, health: 'Healthy' | 'Failed') => {
      const { spec } = anApp();
      return anApp({
        metadata: { name: `app-${number}`, namespace: 'rates-desk--home' },
        spec: { ...spec, title: `App ${number}` },
        status: { health },
      });
    };
    portal
      .streamsList('/tenants', [aTenant()])
      .streamsList('/apps', [
        ...[1, 2, 3, 4, 5, 6, 7, 8].map(number => app(number, 'Healthy')),
        app(9, 'Failed'),
      ]);
    await renderPage(<HomePage />, portal);
    await screen.findByRole('link', { name: 'View all 9 apps' });
    const names = screen
      .getAllByRole('link', { name: /^App \d/ })
      .map(({ textContent }) => textContent);
    expect(names).toEqual(
      [9, 1, 2, 3, 4, 5, 6, 7].map(number => `App ${number}`),
    );
  });

  it('shows the tenants of the reader with role, members and expiry', async () => {
    const { spec } = aTenant();
    portal.streamsList('/tenants', [
      aTenant({ spec: { ...spec, expiresAt: '2030-01-01T00:00:00Z' } }),
      aTenant({
        metadata: { name: 'other-desk' },
        myRole: undefined,
        spec: { ...spec, title: 'Other desk' },
      }),
    ]);
    await renderPage(<HomePage />, portal);
    expect(
      await screen.findByRole('heading', { name: 'Your tenants' }),
    ).toBeVisible();
    expect(screen.getByText(/^2 members · expires/)).toBeVisible();
    expect(screen.queryByText('Other desk')).toBeNull();
  });
});
