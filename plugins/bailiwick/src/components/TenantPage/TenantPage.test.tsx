import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakePortal } from '../../__fixtures__/FakePortal';
import { aRequest, aTenant } from '../../__fixtures__/views';
import { renderPage } from '../../__testUtils__/renderPage';
import { aChange, renderTenant } from '../../__testUtils__/renderTenant';
import { TenantsRoutes } from '../TenantsPage/TenantsRoutes';

const usage = { cpu: '1', memory: '1Gi', storage: '0', pods: 2, apps: 1 };
const limit = { cpu: '2', memory: '4Gi', storage: '20Gi', pods: 20, apps: 5 };
const namespace = 'rates-desk--dev';
const button = (name: string) => screen.findByRole('button', { name });
const reason = () => screen.getByRole('textbox', { name: /^Reason/ });
const { spec } = aTenant();
const owned = (fields: Partial<typeof spec>) =>
  aTenant({ myRole: 'owner', spec: { ...spec, ...fields } });

describe('TenantPage', () => {
  it('shows usage of the limits, cost, and apps', async () => {
    await renderTenant({
      tenant: aTenant({
        status: {
          phase: 'Ready',
          environments: [
            { name: 'dev', namespace, ready: true, used: usage, limit },
          ],
        },
      }),
    });
    const cpu = await screen.findByRole('progressbar', {
      name: /^CPU: 1 of 2/,
    });
    expect(cpu).toHaveAttribute('aria-valuenow', '50');
    expect(screen.getByText('Month-end prices')).toBeVisible();
    expect(screen.getByText(/protected: approved releases only/)).toBeVisible();
    // Two environments of 2 cores, 4 GiB memory and 20 GiB storage.
    expect(await screen.findByText('€114.96 a month')).toBeVisible();
    expect(screen.getAllByText('Healthy')[0]).toBeVisible();
  });

  it('has an address for each part, which the keyboard reaches', async () => {
    await renderTenant();
    const members = await screen.findByRole('tab', { name: 'Members' });
    expect(members).toHaveAttribute('href', '/tenants/rates-desk/members');
    screen.getByRole('tab', { name: 'Overview' }).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(members).toHaveFocus();
    await userEvent.click(members);
    expect(
      await screen.findByRole('tabpanel', { name: 'Members' }),
    ).toBeVisible();
  });

  it.each([
    ['environments', 'Environments'],
    ['members', 'Members'],
    ['quota', 'Quota'],
    ['requests', 'Requests'],
    ['audit', 'Audit'],
    ['nonsense', 'Overview'],
  ])('opens %s as %s', async (at, name) => {
    await renderTenant({ at });
    expect(await screen.findByRole('tabpanel', { name })).toBeVisible();
  });

  it('leads to the request for it that waits', async () => {
    const portal = new FakePortal()
      .streamsList('/tenants', [])
      .streamsList('/apps', [])
      .streamsList('/requests', [aRequest({ mine: true, canDecide: false })]);
    await renderPage(<TenantsRoutes />, portal, '/rates-desk');
    expect(await button('View request')).toHaveAttribute(
      'href',
      '/requests?request=rates-desk-create-1',
    );
    expect(screen.queryByText(/does not exist/)).toBeNull();
  });

  it('reports that plans are unknown, and shows the rest', async () => {
    await renderTenant({ plans: 'unknown' });
    expect(
      await screen.findByText(/^Can’t load plans, prices and your permissions/),
    ).toBeVisible();
    expect(screen.getByText('Month-end prices')).toBeVisible();
  });

  it('distinguishes unknown requests from none', async () => {
    await renderTenant({ at: 'audit', requests: 'unknown' });
    expect(
      await screen.findByText('The audit log can’t be loaded'),
    ).toBeVisible();
    expect(screen.queryByText('No activity yet')).toBeNull();
  });

  it('leads to the proof when it was deleted', async () => {
    const portal = new FakePortal()
      .streamsList('/tenants', [])
      .streamsList('/requests', [
        aChange({ action: 'offboard' }, { status: { phase: 'Applied' } }),
      ]);
    await renderPage(<TenantsRoutes />, portal, '/rates-desk');
    expect(
      await screen.findByText('Tenant “rates-desk” was deleted'),
    ).toBeVisible();
  });

  it('explains why it was not created, also if it was ended before', async () => {
    const at = (day: string) => ({
      creationTimestamp: `2026-11-${day}T08:00:00Z`,
    });
    const portal = new FakePortal()
      .answers('GET /plans', { items: [] })
      .streamsList('/tenants', [])
      .streamsList('/requests', [
        aChange(
          { action: 'offboard' },
          {
            metadata: { name: 'old', ...at('18') },
            status: { phase: 'Applied' },
          },
        ),
        aRequest({
          metadata: { name: 'new', ...at('20') },
          mine: true,
          canDecide: false,
          status: {
            phase: 'Denied',
            verdict: {
              verdict: 'deny',
              by: 'user:default/pia',
              reason: 'Use the old one.',
              at: '2026-11-20T09:00:00Z',
            },
          },
        }),
      ]);
    await renderPage(<TenantsRoutes />, portal, '/rates-desk');
    expect(
      await screen.findByText('Tenant “rates-desk” was not created'),
    ).toBeVisible();
    expect(screen.getByText(/Use the old one/)).toBeVisible();
  });

  it('does not reveal to a stranger whether the tenant exists', async () => {
    const portal = new FakePortal()
      .streamsList('/tenants', [])
      .streamsList('/apps', []);
    await renderPage(<TenantsRoutes />, portal, '/secret-desk');
    expect(
      await screen.findByText('Tenant “secret-desk” not found'),
    ).toBeVisible();
  });
});

describe('the end of a tenant', () => {
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();

  it('is announced on every part, and one renews for the longest time', async () => {
    const { asked } = await renderTenant({
      at: 'members',
      tenant: owned({ expiresAt: soon }),
    });
    expect(await screen.findByText('Expires in 3 days')).toBeVisible();
    await userEvent.click(await button('Renew'));
    expect(await screen.findByText('€114.96 a month')).toBeVisible();
    await userEvent.click(await button('Send request'));
    expect(await screen.findByText(/is pending approval by/)).toBeVisible();
    const [{ action, proposed }] = asked();
    expect(action).toBe('renew');
    const days = (Date.parse(proposed.expiresAt) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(364.9);
    expect(days).toBeLessThan(365);
  });

  it('is not renewed while it is as late as can be', async () => {
    const year = new Date(Date.now() + 365 * 86_400_000).toISOString();
    await renderTenant({ tenant: owned({ expiresAt: year }) });
    await userEvent.click(await button('Renew'));
    expect(
      await screen.findByText(/already the latest that the plan allows/),
    ).toBeVisible();
    expect(await button('Send request')).toBeDisabled();
  });

  it('cannot be changed by people who do not own it', async () => {
    await renderTenant({
      tenant: { ...owned({ expiresAt: soon }), myRole: 'viewer' },
    });
    expect(await screen.findByText('Expires in 3 days')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Renew' })).toBeNull();
    expect(screen.queryByText('Danger zone')).toBeNull();
  });

  it('is requested after a list of the deleted objects and the typed name', async () => {
    const { asked } = await renderTenant();
    await userEvent.click(await button('Delete tenant'));
    const dialog = await screen.findByRole('dialog', {
      name: 'Delete Rates desk',
    });
    for (const lost of [
      'namespace rates-desk--dev',
      'rates-desk--home',
      '1: Month-end prices',
    ])
      expect(dialog).toHaveTextContent(lost);
    expect(dialog).toHaveTextContent('Deletion protection is on');
    await userEvent.type(reason(), 'The project is over.');
    const send = await button('Request deletion');
    expect(send).toBeDisabled();
    await userEvent.click(
      screen.getByRole('checkbox', { name: /^Continue without an archive/ }),
    );
    const name = screen.getByLabelText('Type rates-desk to confirm');
    await userEvent.type(name, 'rates');
    expect(send).toBeDisabled();
    await userEvent.type(name, '-desk');
    await userEvent.click(send);
    await screen.findByText(/is pending approval by/);
    expect(asked()).toEqual([
      {
        action: 'offboard',
        proposed: { confirm: 'rates-desk' },
        reason: 'The project is over.',
      },
    ]);
  });

  describe('with an archive first', () => {
    const path = 'GET /tenants/rates-desk/export';
    const saved = jest.fn();
    beforeEach(() => {
      saved.mockReset();
      URL.createObjectURL = jest.fn(() => 'blob:archive');
      URL.revokeObjectURL = jest.fn();
      jest
        .spyOn(HTMLAnchorElement.prototype, 'click')
        .mockImplementation(function save(this: HTMLAnchorElement) {
          saved(this.download);
        });
    });
    afterEach(() => jest.restoreAllMocks());

    it('is requested after saving the archive', async () => {
      const { portal } = await renderTenant();
      portal.streamsText(path, 'all that is in it');
      await userEvent.click(await button('Delete tenant'));
      await userEvent.type(reason(), 'The project is over.');
      await userEvent.type(
        screen.getByLabelText('Type rates-desk to confirm'),
        'rates-desk',
      );
      expect(await button('Request deletion')).toBeDisabled();
      await userEvent.click(await button('Download archive'));
      expect(
        await screen.findByText(/^rates-desk.tar.gz was downloaded/),
      ).toBeVisible();
      expect(saved).toHaveBeenCalledWith('rates-desk.tar.gz');
      expect(await button('Request deletion')).toBeEnabled();
    });

    it('reports that the archive failed, and can continue without it', async () => {
      const { portal } = await renderTenant();
      portal.answers(path, 'The repository cannot be read.', 500);
      await userEvent.click(await button('Delete tenant'));
      await userEvent.click(await button('Download archive'));
      expect(
        await screen.findByText(/download the archive: The repository/),
      ).toBeVisible();
      expect(saved).not.toHaveBeenCalled();
      expect(
        screen.getByRole('checkbox', { name: /^Continue without/ }),
      ).toBeEnabled();
    });
  });

  it('cannot be requested twice, and is visible to all members', async () => {
    await renderTenant({ requests: [aChange({ action: 'offboard' })] });
    expect(await screen.findByText(/is pending approval by/)).toBeVisible();
    expect(await button('Delete tenant')).toBeDisabled();
    expect(screen.getByText(/already pending/)).toBeVisible();
  });
});

describe('a cordon', () => {
  const platform = {
    groups: ['group:default/platform'],
    platformEngineer: true,
  };
  const cordon = {
    reason: 'An incident.',
    by: 'user:default/pia',
    at: '2026-11-18T12:00:00Z',
  };

  it('is requested by platform engineers, with a reason for the members', async () => {
    const { asked } = await renderTenant({ me: platform });
    await userEvent.click(await button('Cordon'));
    await userEvent.type(reason(), 'An incident.');
    await userEvent.click(await button('Send request'));
    await screen.findByText(/is pending approval by/);
    expect(asked()).toEqual([
      {
        action: 'cordon',
        proposed: { reason: 'An incident.' },
        reason: 'An incident.',
      },
    ]);
  });

  it('is explained to members, whose changes it blocks', async () => {
    await renderTenant({ tenant: owned({ cordon }) });
    expect(
      await screen.findByText('Cordoned since November 18, 2026'),
    ).toBeVisible();
    expect(await button('Delete tenant')).toBeDisabled();
    expect(screen.queryByRole('button', { name: /cordon/i })).toBeNull();
  });

  it('is removed by a platform engineer', async () => {
    const { asked } = await renderTenant({
      me: platform,
      tenant: owned({ cordon }),
    });
    const [first] = await screen.findAllByRole('button', {
      name: 'Lift cordon',
    });
    await userEvent.click(first);
    await userEvent.type(reason(), 'It is over.');
    await userEvent.click(await button('Send request'));
    await screen.findByText(/is pending approval by/);
    expect(asked()[0]).toMatchObject({ action: 'uncordon', proposed: {} });
  });
});
