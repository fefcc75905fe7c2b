import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aPlan, aTenant } from '../../__fixtures__/views';
import {
  aChange,
  renderTenant,
  roomyPlan,
} from '../../__testUtils__/renderTenant';

const button = (name: string | RegExp) => screen.findByRole('button', { name });
const send = async (reason = 'We need it.') => {
  await userEvent.type(
    screen.getByRole('textbox', { name: /^Reason/ }),
    reason,
  );
  await userEvent.click(await button(/^(Send request|Request removal)$/));
  await screen.findByText(/is pending approval by/);
};
const owner = aTenant({ myRole: 'owner' });

describe('Environments', () => {
  const at = 'environments';

  it('adds one of the names that are left, checked while one types', async () => {
    const { asked } = await renderTenant({ at });
    expect(
      await screen.findByText(/^2 of 3 environments of plan Small/),
    ).toBeVisible();
    await userEvent.click(await button('Add environment'));
    const name = await screen.findByLabelText(/^Name/);
    expect(name).toHaveValue('test');
    await userEvent.clear(name);
    await userEvent.type(name, 'a--b');
    expect(screen.getByText(/must not contain "--"/)).toBeVisible();
    expect(await button('Send request')).toBeDisabled();
    await userEvent.clear(name);
    await userEvent.type(name, 'staging');
    const cpu = screen.getByRole('spinbutton', { name: 'CPU' });
    await userEvent.clear(cpu);
    await userEvent.type(cpu, '0.5');
    expect(screen.getByText(/; afterwards: €\d+\.\d\d a month/)).toBeVisible();
    await send();
    expect(asked()).toEqual([
      {
        action: 'setEnvironments',
        proposed: {
          add: [
            {
              name: 'staging',
              cluster: 'local',
              protected: false,
              limits: { cpu: '500m' },
            },
          ],
        },
        reason: 'We need it.',
      },
    ]);
  });

  it('reports an unreachable cluster, with the time', async () => {
    const since = new Date(Date.now() - 300_000).toISOString();
    const stale = { since, why: 'The cluster local does not answer.' };
    const namespace = 'rates-desk--dev';
    const dev = { name: 'dev', namespace, ready: true, stale };
    await renderTenant({
      at,
      tenant: { ...owner, status: { environments: [dev] } } as typeof owner,
    });
    expect(await screen.findByText('Its cluster is unreachable')).toBeVisible();
    expect(
      screen.getByText(/^Last seen .*The cluster local does not answer\.$/),
    ).toBeVisible();
  });

  it('removes one after showing the deleted objects', async () => {
    const { asked } = await renderTenant({ at });
    await userEvent.click(await button('Remove dev'));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('rates-desk--dev');
    expect(dialog).toHaveTextContent('Month-end prices');
    await userEvent.type(screen.getByLabelText('Type dev to confirm'), 'dev');
    await send();
    expect(asked()[0].proposed).toEqual({
      environments: [{ name: 'prod', cluster: 'local', protected: true }],
    });
  });

  it('renews one with an end of its own', async () => {
    const { spec } = owner;
    const [dev, prod] = spec.environments;
    const ending = { ...dev, expiresAt: '2027-01-01T00:00:00Z' };
    const { asked } = await renderTenant({
      at,
      tenant: { ...owner, spec: { ...spec, environments: [ending, prod] } },
    });
    expect(screen.queryByRole('button', { name: 'Renew prod' })).toBeNull();
    await userEvent.click(await button('Renew dev'));
    await send();
    expect(asked()[0]).toMatchObject({
      action: 'renew',
      proposed: { environments: [{ name: 'dev' }] },
    });
  });

  it('explains why no more can be added', async () => {
    await renderTenant({ at, plans: [aPlan()] });
    expect(await button('Add environment')).toBeDisabled();
    expect(screen.getByText(/another plan under Quota/)).toBeVisible();
  });

  it('keeps the last one', async () => {
    const environments = owner.spec.environments.slice(0, 1);
    await renderTenant({
      at,
      tenant: { ...owner, spec: { ...owner.spec, environments } },
    });
    expect(await button('Remove dev')).toBeDisabled();
    expect(screen.getByText(/Delete the tenant instead/)).toBeVisible();
  });
});

describe('Members', () => {
  const at = 'members';

  it('changes all in one request, after a summary', async () => {
    const { asked } = await renderTenant({ at });
    await userEvent.click(await button('Change members'));
    expect(await screen.findByText('Nothing is changed yet.')).toBeVisible();
    await userEvent.type(await screen.findByLabelText('Add a member'), 'tom');
    await userEvent.click(await screen.findByRole('option', { name: /tom/ }));
    await userEvent.click(await button('Remove bea'));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText(/new, viewer/)).toBeVisible();
    expect(dialog.getByText(/removed, was builder/)).toBeVisible();
    await send('Bea has left.');
    expect(asked()).toEqual([
      {
        action: 'setMembers',
        proposed: {
          members: [{ subject: 'user:default/tom', role: 'viewer' }],
        },
        reason: 'Bea has left.',
      },
    ]);
  });

  it('is only a table for people who do not own it', async () => {
    await renderTenant({ at, tenant: aTenant({ myRole: 'viewer' }) });
    expect(await screen.findByText('Creates and changes apps')).toBeVisible();
    expect(screen.getByText(/Only owners can change members/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /members/ })).toBeNull();
  });

  it('transfers the tenant, with the new owners’ approval', async () => {
    const { asked } = await renderTenant({
      at,
      tenant: {
        ...owner,
        spec: { ...owner.spec, owners: ['group:default/fx'] },
      },
    });
    await userEvent.click(await button('Transfer ownership'));
    expect(await screen.findByText('Choose the new owners.')).toBeVisible();
    await userEvent.type(screen.getByLabelText('New owners'), 'rates');
    await userEvent.click(await screen.findByRole('option', { name: /Rates/ }));
    expect(screen.getByText(/will lose ownership/)).toBeVisible();
    await send();
    expect(asked()[0]).toMatchObject({
      action: 'transfer',
      proposed: { owners: ['group:default/rates'] },
    });
  });

  it('shows pending requests, and prevents a second one', async () => {
    await renderTenant({
      at,
      requests: [aChange({ action: 'setMembers', proposed: { members: [] } })],
    });
    expect(await button('Change members')).toBeDisabled();
    expect(
      screen.getByRole('link', { name: /^Change members of/ }),
    ).toHaveAttribute(
      'href',
      '/tenants/rates-desk/requests?request=rates-desk-change-1',
    );
  });

  it('shows the reason of a refusal, and keeps the input', async () => {
    const { portal } = await renderTenant({ at });
    portal.answers(
      'POST /tenants/rates-desk/requests',
      'The catalog does not know user:default/tom.',
      400,
    );
    await userEvent.click(await button('Change members'));
    await userEvent.click(await button('Remove bea'));
    const reason = screen.getByRole('textbox', { name: /^Reason/ });
    await userEvent.type(reason, 'Left.');
    await userEvent.click(await button('Send request'));
    expect(
      await screen.findByText(/does not know user:default\/tom. Nothing was/),
    ).toBeVisible();
    expect(reason).toHaveValue('Left.');
  });
});

describe('Quota', () => {
  const at = 'quota';
  const sample = (hour: number, cpu: string) => ({
    at: `2026-11-20T0${hour}:00:00Z`,
    cpu,
    memory: '1Gi',
    storage: '2Gi',
    pods: 2,
    apps: 1,
    usedRatio: 0.25,
  });
  const used = { cpu: '1', memory: '1Gi', storage: '2Gi', pods: 2, apps: 1 };
  const limit = { cpu: '2', memory: '4Gi', storage: '20Gi', pods: 20, apps: 5 };
  const states = ['dev', 'prod'].map(name => ({
    name,
    namespace: `rates-desk--${name}`,
    ready: true,
    used,
    limit,
  }));

  it('shows used of limit in each environment, together and of the budget', async () => {
    await renderTenant({
      at,
      tenant: { ...owner, status: { environments: states } },
    });
    const row = await screen.findByRole('row', { name: /^CPU/ });
    expect(within(row).getAllByText('1 of 2 (50%)')).toHaveLength(2);
    expect(within(row).getByText('2 of 4 (50%)')).toBeVisible();
    expect(await within(row).findByText('4 of 6')).toBeVisible();
  });

  it('draws the usage, with the figures', async () => {
    await renderTenant({
      at,
      tenant: {
        ...owner,
        status: { usage: [sample(0, '500m'), sample(4, '2'), sample(8, '1')] },
      },
    });
    expect(
      await screen.findByRole('img', {
        name: /^CPU \(cores\): 1 now, 2 at most/,
      }),
    ).toBeVisible();
    await userEvent.click(screen.getByText('Show table'));
    const table = screen.getByRole('table', { name: /as a table/ });
    expect(within(table).getAllByRole('row')).toHaveLength(4);
  });

  it('shows the start of the chart', async () => {
    await renderTenant({ at });
    expect(await screen.findByText(/A chart needs two samples/)).toBeVisible();
  });

  it('requests another plan, with prices and approvers of all', async () => {
    const large = {
      ...aPlan({
        ...roomyPlan.spec,
        title: 'Large',
        perEnvironment: { ...aPlan().spec.perEnvironment, cpu: '4' },
        approval: { rules: [], deciders: ['group:default/accounts'] },
      }),
      metadata: { name: 'large' },
    };
    const { asked } = await renderTenant({ at, plans: [roomyPlan, large] });
    await userEvent.click(await button('Change plan'));
    expect(
      await screen.findByText('€202.56 a month for 2 environments'),
    ).toBeVisible();
    expect(screen.getAllByText('accounts')).not.toHaveLength(0);
    await userEvent.click(screen.getByRole('radio', { name: 'Large' }));
    await send();
    expect(asked()[0]).toMatchObject({
      action: 'changePlan',
      proposed: { plan: 'large' },
    });
  });

  it('explains with numbers why a plan is too small', async () => {
    const tiny = { ...aPlan({ title: 'Tiny' }), metadata: { name: 'tiny' } };
    await renderTenant({ at, plans: [roomyPlan, tiny] });
    await userEvent.click(await button('Change plan'));
    await userEvent.click(await screen.findByRole('radio', { name: 'Tiny' }));
    expect(
      screen.getByText(/allows at most 1 environment, and the request has 2/),
    ).toBeVisible();
    expect(await button('Send request')).toBeDisabled();
  });
});

describe('Requests and audit', () => {
  const changed = aChange(
    { action: 'changePlan', proposed: { plan: 'large' } },
    {
      status: {
        phase: 'Denied',
        before: { plan: 'small' },
        verdict: {
          verdict: 'deny',
          by: 'user:default/pia',
          reason: 'Too large.',
          at: '2026-11-20T09:00:00Z',
        },
      },
    },
  );

  it('opens a request beside the list', async () => {
    await renderTenant({ at: 'requests', requests: [changed] });
    await userEvent.click(
      await screen.findByRole('link', { name: /^Change plan of/ }),
    );
    const drawer = await screen.findByRole('dialog');
    expect(within(drawer).getByText('small → large')).toBeVisible();
    expect(within(drawer).getByText(/Too large/)).toBeVisible();
  });

  it('shows person, action, time and reason, with values before and after', async () => {
    await renderTenant({ at: 'audit', requests: [changed] });
    const [denied, asked] = within(
      await screen.findByRole('list', { name: 'Audit' }),
    ).getAllByRole('listitem');
    expect(denied).toHaveTextContent(
      /Change plan of.*Denied by pia.*Too large/,
    );
    expect(asked).toHaveTextContent(
      /Requested by rita.*small → large.*We need/,
    );
  });

  it('shows a next step while there are no requests', async () => {
    await renderTenant({ at: 'requests' });
    expect(await screen.findByText('No requests')).toBeVisible();
  });
});
