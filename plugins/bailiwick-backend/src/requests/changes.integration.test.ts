import {
  changeRequestKind,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { createTenant } from '../__testUtils__/createTenant';
import { startPortal, type Portal } from '../__testUtils__/startPortal';
import type { Name } from '../__testUtils__/people';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const path = '/tenants/rates-desk/requests';
const reason = 'Bea has left the team.';
const members = [{ subject: 'group:default/traders', role: 'viewer' }];

integration('changes of a tenant on a real API server', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal();
    await createTenant(portal.cluster.client);
    await portal.shows('pia', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  const ask = (
    who: Name,
    action: string,
    proposed: object,
    query = '?dryRun=true',
  ) =>
    portal.call(who, 'POST', `${path}${query}`, { action, proposed, reason });

  /** Opens a request, as the operator would. */
  async function open(name: string): Promise<void> {
    await portal.cluster.client
      .as({ user: 'bailiwick:operator', groups: ['system:masters'] })
      .resource<ChangeRequest>(changeRequestKind)
      .patchStatus(name, { phase: 'Open', plan: 'small' });
  }

  it('lets owners send requests, visible to all members, and withdraw them', async () => {
    const asked = await ask('rita', 'setMembers', { members }, '');
    expect(asked).toMatchObject({
      status: 201,
      body: {
        mine: true,
        spec: {
          target: { kind: 'Tenant', name: 'rates-desk' },
          requestedBy: 'user:default/rita',
        },
      },
    });
    const { name } = asked.body.metadata;
    await open(name);
    for (const who of ['rita', 'bea', 'tom', 'pia'] as const)
      await portal.shows(who, '/requests', name);
    const { body } = await portal.call('eve', 'GET', '/requests');
    expect(body.items).toEqual([]);

    const again = await ask('rita', 'setMembers', { members });
    expect(again.status).toBe(409);
    expect(again.body.error.message).toContain(name);

    const withdrawal = `/requests/${name}/withdrawal`;
    const others = await portal.call('bea', 'POST', withdrawal);
    expect(others.status).toBe(403);
    const withdrawn = await portal.call('rita', 'POST', withdrawal);
    expect(withdrawn).toMatchObject({
      status: 200,
      body: { status: { phase: 'Withdrawn' } },
    });
    await eventually('The portal knows it, too', async () => {
      const { status } = await ask('rita', 'setMembers', { members });
      return status !== 409;
    });
  });

  it.each(['bea', 'tom'] as const)(
    'rejects %s from a person who is not an owner',
    async who => {
      const { body, status } = await ask(who, 'setMembers', { members });
      expect(status).toBe(403);
      expect(body.error.message).toMatch(/Only owners of the tenant/);
    },
  );

  it('does not reveal to strangers that the tenant exists', async () => {
    const stranger = await ask('eve', 'setMembers', { members });
    const missing = await portal.call('eve', 'POST', '/tenants/x/requests', {});
    expect([stranger.status, missing.status]).toEqual([404, 404]);
    expect(stranger.body.error.message).toBe(
      missing.body.error.message.replace('"x"', '"rates-desk"'),
    );
  });

  it.each([
    [
      'setMembers',
      { members: [{ subject: 'user:default/nobody', role: 'viewer' }] },
      /catalog has no user or group user:default\/nobody/,
    ],
    [
      'transfer',
      { owners: ['group:default/nobody'] },
      /catalog has no user or group/,
    ],
    ['changePlan', { plan: 'small', title: 'x' }, /remove title/],
    ['renew', {}, /requires expiresAt/],
    ['offboard', { confirm: 'rates' }, /must be the name of the tenant/],
    ['create', { title: 'x' }, /already/],
    ['promote', {}, /action/],
  ])('reports the problem with %s %j', async (action, proposed, message) => {
    const { body, status } = await ask('rita', action, proposed);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(message);
  });
});
