import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import type { FakePortal } from '../../__fixtures__/FakePortal';
import { renderPage } from '../../__testUtils__/renderPage';
import { roomyPlan } from '../../__testUtils__/renderTenant';
import { aRequest, aTenant } from '../../__fixtures__/views';
import {
  button,
  createTenantFormPortal,
  field,
  fillTexts as fill,
  isChecked,
  rita,
  sendButton as send,
} from '../../__testUtils__/tenantForm';
import { RequestTenantPage } from './RequestTenantPage';

describe('RequestTenantPage', () => {
  let portal: FakePortal;
  beforeEach(() => {
    window.sessionStorage.clear();
    portal = createTenantFormPortal();
  });

  const posted = () =>
    portal.calls
      .filter(({ method }) => method === 'POST')
      .map(({ path }) => path)
      .filter(path => path !== '/requests/preflight');
  it('proposes a name for the title, until the person chooses another', async () => {
    await renderPage(<RequestTenantPage />, portal);
    await userEvent.type(await field(/^Title/), 'Rates desk');
    const name = await field(/^Name/);
    expect(name).toHaveValue('rates-desk');
    await userEvent.clear(name);
    await userEvent.type(name, 'curves');
    await userEvent.type(await field(/^Title/), ' two');
    expect(name).toHaveValue('curves');
  });

  it('reports the problem of a name during typing', async () => {
    await renderPage(<RequestTenantPage />, portal);
    const name = await field(/^Name/);
    await userEvent.type(name, 'a--b');
    expect(screen.getByText(/must not contain "--"/)).toBeVisible();
    expect(name).toBeInvalid();
    await userEvent.clear(name);
    await userEvent.type(name, 'default');
    expect(screen.getByText(/these are reserved/)).toBeVisible();
  });

  it('refuses a name that is taken while one types, also by the title', async () => {
    portal.streamsList('/tenants', [aTenant()]);
    await renderPage(<RequestTenantPage />, portal);
    await userEvent.type(await field(/^Title/), 'Rates desk');
    expect(
      await screen.findByText(/Tenant "rates-desk" already exists/),
    ).toBeVisible();
    await userEvent.type(await field(/^Title/), ' two');
    expect(screen.queryByText(/already/)).toBeNull();
  });

  it('adds members by their names, with the least rights', async () => {
    await renderPage(<RequestTenantPage />, portal);
    await userEvent.type(await screen.findByLabelText('Add a member'), 'bea');
    await userEvent.click(await screen.findByRole('option', { name: /bea/ }));
    expect(
      screen.getByRole('button', { name: /Role of bea/ }),
    ).toHaveTextContent('Viewer');
  });

  it('finds a member by the reference', async () => {
    await renderPage(<RequestTenantPage />, portal);
    const picker = await screen.findByLabelText('Add a member');
    await userEvent.type(picker, 'user:default/bea');
    await userEvent.click(await screen.findByRole('option', { name: /bea/ }));
    expect(screen.getByRole('button', { name: /Role of bea/ })).toBeVisible();
  });

  describe('for a person in the group of a tenant’s members', () => {
    const members = 'group:default/fx-desk-members';

    it('offers and presets groups of people only, by their titles', async () => {
      portal.answers('GET /me', { ...rita, groups: [members, ...rita.groups] });
      await renderPage(<RequestTenantPage />, portal);
      const owner = await screen.findByRole('button', { name: /Owner/ });
      expect(owner).toHaveTextContent('Rates');
      await userEvent.click(owner);
      expect(
        screen.getAllByRole('option').map(option => option.textContent),
      ).toEqual(['Rates']);
    });

    it('reports that the person is in no other group', async () => {
      portal.answers('GET /me', { ...rita, groups: [members] });
      await renderPage(<RequestTenantPage />, portal);
      expect(
        await screen.findByText('You aren’t a member of any group'),
      ).toBeVisible();
    });

    it('does not offer them as members', async () => {
      await renderPage(<RequestTenantPage />, portal);
      const picker = await screen.findByLabelText('Add a member');
      await userEvent.type(picker, 'group:default/');
      expect(
        screen.getAllByRole('option').map(option => option.textContent),
      ).toEqual(['Ratesgroup:default/rates']);
    });
  });

  it.each(['123', '日本'])(
    'asks for a name if the title %s has none',
    async title => {
      await renderPage(<RequestTenantPage />, portal);
      await userEvent.type(await field(/^Title/), title);
      expect(
        screen.getByText(/This title can’t be turned into a name/),
      ).toBeVisible();
    },
  );

  it('refuses a title over the limit while one types, with the limit', async () => {
    await renderPage(<RequestTenantPage />, portal);
    await userEvent.click(await field(/^Title/));
    await userEvent.paste('x'.repeat(81));
    expect(screen.getByText('must have at most 80 characters')).toBeVisible();
  });

  it('reports nothing before a field was touched', async () => {
    await renderPage(<RequestTenantPage />, portal);
    await field(/^Title/);
    expect(screen.queryByText('must not be empty')).toBeNull();
    await userEvent.click(await field(/^Purpose/));
    await userEvent.tab();
    expect(screen.getByText('must not be empty')).toBeVisible();
    expect(send()).toBeDisabled();
    expect(
      screen.getByText('To complete: title, name, purpose, reason'),
    ).toBeVisible();
  });

  it('checks all fields, shows a preview, and then sends', async () => {
    await renderPage(<RequestTenantPage />, portal);
    await fill();
    await isChecked();
    expect(screen.getByText('Resources to create')).toBeVisible();
    expect(screen.getByText(/rates-desk--home, rates-desk--dev/)).toBeVisible();
    expect(new Set(posted())).toEqual(new Set(['/requests?dryRun=true']));

    await userEvent.click(send());
    await waitFor(() => expect(posted()).toContain('/requests'));
    expect(posted().filter(path => path === '/requests')).toHaveLength(1);
    expect(portal.calls.at(-1)!.body).toMatchObject({
      name: 'rates-desk',
      reason: 'We need it.',
      spec: {
        owners: rita.groups,
        plan: 'small',
        domains: ['market'],
        environments: [{ name: 'dev', protected: false }],
      },
    });
  });

  it('does not send changes made during the check', async () => {
    await renderPage(<RequestTenantPage />, portal);
    await fill();
    await isChecked();
    const letGo = portal.holds('POST /requests?dryRun=true');
    await userEvent.type(await field(/^Reason/), ' Now.');
    expect(send()).toBeDisabled();
    await userEvent.type(await field(/^Reason/), ' Soon.');
    letGo();
    await isChecked();
    const checks = portal.calls.filter(({ path }) => /dryRun/.test(path));
    expect(checks.at(-1)!.body.reason).toBe('We need it. Now. Soon.');
  });

  it('asks the portal about the name, which knows invisible tenants', async () => {
    const words = 'The name is too similar to tenant "rates-desk"';
    portal.answers('POST /requests/preflight', {
      problems: [`name: ${words}`],
    });
    await renderPage(<RequestTenantPage />, portal);
    await userEvent.type(await field(/^Title/), 'Rates de5k');
    expect(await screen.findByText(words)).toBeVisible();
    await userEvent.type(await field(/^Purpose/), 'Prices.');
    await userEvent.type(await field(/^Reason/), 'We need it.');
    expect(screen.getByText('To complete: name')).toBeVisible();
    expect(send()).toBeDisabled();
    portal.answers('POST /requests/preflight', { problems: [] });
    await userEvent.type(await field(/^Title/), ' two');
    expect(await screen.findByText(/^Available/)).toBeVisible();
  });

  it('shows cost and deciding rule before sending', async () => {
    portal
      .answers('GET /plans', { items: [roomyPlan] })
      .answers('POST /requests/preflight', {
        problems: [],
        decision: {
          by: 'rule',
          rule: 0,
          verdict: 'approve',
          reason: 'The first tenant is free.',
        },
      });
    await renderPage(<RequestTenantPage />, portal);
    await userEvent.type(await screen.findByLabelText('Cost center'), '4711');
    await fill();
    await userEvent.click(button('Increase Number of environments'));
    await userEvent.click(button(/^test /));
    await userEvent.click(
      screen.getByRole('button', { name: /^Name of the environment/ }),
    );
    await userEvent.click(screen.getByRole('option', { name: 'prod' }));
    await userEvent.click(
      screen.getByRole('checkbox', { name: /^Protect prod/ }),
    );
    await isChecked();
    expect(screen.getByText('Resources to create')).toBeVisible();
    expect(
      await screen.findByText('€114.96 a month, regardless of usage'),
    ).toBeVisible();
    expect(
      screen.getByText(/^prod \(protected: approved releases only\): 2 CPU/),
    ).toBeVisible();
    expect(
      screen.getByText(/^rule 1 of the plan.*first tenant is free/),
    ).toBeVisible();
    expect(screen.getByText('365 days after approval')).toBeVisible();
    expect(screen.getByText(/You can send the request/)).toBeVisible();
  });

  it.each([
    ['the tenant when a rule approves', 'rule', 'The tenant'],
    ['the requests when people decide', 'people', 'All requests'],
  ])('leads on to %s', async (_where, by, shown) => {
    portal.answers('POST /requests/preflight', {
      problems: [],
      decision: {
        by,
        rule: 0,
        verdict: 'approve',
        reason: '',
        deciders: [],
        problems: [],
      },
    });
    await renderPage(
      <Routes>
        <Route path="/tenants/rates-desk" element={<p>The tenant</p>} />
        <Route path="/requests" element={<p>All requests</p>} />
        <Route path="*" element={<RequestTenantPage />} />
      </Routes>,
      portal,
    );
    await fill();
    await isChecked();
    await userEvent.click(send());
    expect(await screen.findByText(shown)).toBeVisible();
  });

  it('does not send requests that the person cannot make', async () => {
    portal.answers('POST /requests/preflight', {
      problems: [],
      refusal: 'You must be a member of one of the owner groups',
    });
    await renderPage(<RequestTenantPage />, portal);
    await fill();
    expect(
      await screen.findByText(/You can’t request this: You must be a member/),
    ).toBeVisible();
    expect(send()).toBeDisabled();
  });

  it('keeps the input when the person leaves and returns, until it is sent', async () => {
    const first = await renderPage(<RequestTenantPage />, portal);
    await fill();
    first.unmount();
    const second = await renderPage(<RequestTenantPage />, portal);
    expect(await field(/^Reason/)).toHaveValue('We need it.');
    expect(await field(/^Purpose/)).toHaveValue('Prices.');
    await isChecked();
    await userEvent.click(send());
    await waitFor(() => expect(posted()).toContain('/requests'));
    second.unmount();
    await renderPage(<RequestTenantPage />, portal);
    expect(await field(/^Reason/)).toHaveValue('');
  });

  it('requests the chosen domains, with none preselected', async () => {
    portal.answers('GET /packs', {
      items: ['market', 'farms'].map(name => ({
        metadata: { name },
        spec: { title: name },
      })),
    });
    await renderPage(<RequestTenantPage />, portal);
    await screen.findByRole('checkbox', { name: 'market', checked: false });
    await userEvent.click(screen.getByRole('checkbox', { name: 'farms' }));
    await fill();
    await isChecked();
    await userEvent.click(send());
    await waitFor(() =>
      expect(portal.calls.at(-1)!.body.spec.domains).toEqual(['farms']),
    );
  });

  it('shows the message of a refusal and allows a correction', async () => {
    portal.answers(
      'POST /requests?dryRun=true',
      'Tenant "rates-desk" already exists',
      400,
    );
    await renderPage(<RequestTenantPage />, portal);
    await fill();
    expect(
      await screen.findByText('Tenant "rates-desk" already exists'),
    ).toBeVisible();
    expect(send()).toBeDisabled();
    expect(await field(/^Title/)).toBeEnabled();
    portal.answers('POST /requests?dryRun=true', aRequest());
    await userEvent.click(button('Try again'));
    await isChecked();
  });

  it('shows the next step to a person without a group', async () => {
    portal.answers('GET /me', { ...rita, groups: [] });
    await renderPage(<RequestTenantPage />, portal);
    expect(
      await screen.findByText('You aren’t a member of any group'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Send request' })).toBeNull();
  });

  it('explains why the form is not available', async () => {
    portal.answers('GET /plans', 'The cluster is starting.', 503);
    await renderPage(<RequestTenantPage />, portal);
    expect(await screen.findByText('The cluster is starting.')).toBeVisible();
  });
});
