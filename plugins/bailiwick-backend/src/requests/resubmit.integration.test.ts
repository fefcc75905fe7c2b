import {
  annotations,
  changeRequestKind,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { requestStateOf } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { eventually } from '@bailiwick/backstage-testing';
import { createTenant } from '../__testUtils__/createTenant';
import { people, type Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const path = '/tenants/rates-desk/requests';
const reason = 'Month end.';
const until = (month: string) => ({ expiresAt: `2027-${month}-01T00:00:00Z` });

integration('edited requests on a real API server', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(portal.cluster.client);
    await portal.shows('pia', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const requests = () =>
    portal.cluster.client
      .as({ user: 'bailiwick:operator', groups: ['system:masters'] })
      .resource<ChangeRequest>(changeRequestKind);
  const phaseOf = async (name: string) =>
    (await requests().get(name))?.status?.phase;
  const ask = (who: Name, body: object, query = '') =>
    portal.call(who, 'POST', `${path}${query}`, { reason, ...body });
  const renew = (month: string, replaces?: string) => ({
    action: 'renew',
    proposed: until(month),
    replaces,
  });

  /** Opens a request, as the operator would. */
  async function open(name: string): Promise<string> {
    await requests().patchStatus(name, { phase: 'Open', plan: 'small' });
    await eventually('The portal shows it open', async () => {
      const { body } = await portal.call('pia', 'GET', '/requests');
      return body.items.find(
        ({ metadata, status }: ChangeRequest) =>
          metadata.name === name && status?.phase === 'Open',
      );
    });
    return name;
  }
  async function opened(body: object): Promise<string> {
    const asked = await ask('rita', body);
    expect(asked.status).toBe(201);
    return open(asked.body.metadata.name);
  }
  const openNames = async () =>
    (await requests().list())
      .filter(request => requestStateOf(request) === 'Pending')
      .map(({ metadata }) => metadata.name);

  const nothingPending = () =>
    eventually('The portal shows nothing pending', async () => {
      const { body } = await portal.call('pia', 'GET', '/requests');
      return body.items.every(
        ({ status }: ChangeRequest) => status?.phase === 'Withdrawn',
      );
    });

  it('replace the pending one, which is withdrawn', async () => {
    const old = await opened(renew('01'));
    expect((await ask('rita', renew('02'))).status).toBe(409);

    const tried = await ask('rita', renew('02', old), '?dryRun=true');
    expect(tried.status).toBe(200);
    await expect(phaseOf(old)).resolves.toBe('Open');

    const { body, status } = await ask('rita', renew('02', old));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      metadata: { annotations: { [annotations.replaces]: old } },
      spec: { proposed: until('02'), requestedBy: 'user:default/rita' },
    });
    await expect(phaseOf(old)).resolves.toBe('Withdrawn');
    await expect(openNames()).resolves.toEqual([body.metadata.name]);

    const { name } = body.metadata;
    await portal.call('rita', 'POST', `/requests/${name}/withdrawal`);
    await nothingPending();
    const again = await ask('rita', renew('03', old));
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain('no longer pending');
  });

  it('reject requests of others, and with another subject', async () => {
    const old = await opened(renew('01'));
    const others = await ask('pia', renew('02', old));
    expect(others.status).toBe(400);
    expect(others.body.error.message).toContain('was sent by someone else');
    const different = await ask('rita', {
      action: 'changePlan',
      proposed: { plan: 'large' },
      replaces: old,
    });
    expect(different.status).toBe(400);
    expect(different.body.error.message).toContain(
      'proposes a different kind of change',
    );
    const unknown = await ask('rita', {
      action: 'changePlan',
      proposed: { plan: 'large' },
      replaces: 'rates-desk-renew-0',
    });
    expect(unknown.status).toBe(404);
    await expect(openNames()).resolves.toEqual([old]);
  });

  it('are not sent when an approver decides at the same time', async () => {
    const [old] = await openNames();
    const { groups, user } = people.pia;
    const verdict = {
      verdict: 'approve' as const,
      by: user,
      reason,
      at: new Date().toISOString(),
    };
    await portal.cluster.client
      .as({ user, groups: [...groups, 'system:authenticated'] })
      .resource<ChangeRequest>(changeRequestKind)
      .patchStatus(old, { verdict });
    const late = await ask('rita', renew('02', old));
    expect(late.status).toBe(409);
    expect((await requests().get(old))?.status).toMatchObject({
      phase: 'Open',
      verdict: { verdict: 'approve' },
    });
    await expect(openNames()).resolves.toEqual([old]);
  });

  it('for a tenant can keep the name', async () => {
    const spec = {
      title: 'FX desk',
      purpose: 'Prices.',
      owners: ['group:default/rates'],
      plan: 'small',
      environments: [{ name: 'dev' }],
    };
    const wanted = { name: 'fx-desk', spec, reason };
    const first = await portal.call('rita', 'POST', '/requests', wanted);
    expect(first.status).toBe(201);
    const old = await open(first.body.metadata.name);
    const check = { name: 'fx-desk' };
    const preflight = (body: object) =>
      portal.call('rita', 'POST', '/requests/preflight', body);
    expect((await preflight(check)).body.problems).toHaveLength(1);
    expect(
      (await preflight({ ...check, replaces: old })).body.problems,
    ).toEqual([]);
    const second = await portal.call('rita', 'POST', '/requests', {
      ...wanted,
      spec: { ...spec, purpose: 'Prices of the day.' },
      replaces: old,
    });
    expect(second.status).toBe(201);
    await expect(phaseOf(old)).resolves.toBe('Withdrawn');
  });
});
