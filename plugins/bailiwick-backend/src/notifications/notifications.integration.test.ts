import notificationsPlugin from '@backstage/plugin-notifications-backend';
import type { Notification } from '@backstage/plugin-notifications-common';
import {
  annotations,
  changeRequestKind,
  tenantKind,
  type ChangeRequest,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { setTimeout as pause } from 'node:timers/promises';
import { createTenant } from '../__testUtils__/createTenant';
import { people, signedInAs, type Name } from '../__testUtils__/people';
import { startPortal, type Portal } from '../__testUtils__/startPortal';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const reason = 'Because of the merger that nobody knows of yet.';
/** Longer than the portal's delay before it reports a change. */
const quietMs = 1_500;

integration('notifications on a real API server', () => {
  let portal: Portal;

  const operator = () =>
    portal.cluster.client.as({
      user: 'bailiwick:operator',
      groups: ['system:masters'],
    });
  const requests = () => operator().resource<ChangeRequest>(changeRequestKind);

  /** Sends a request about her tenant as Rita. */
  async function ask(action: string, proposed: object): Promise<string> {
    const { body, status } = await portal.call(
      'rita',
      'POST',
      '/tenants/rates-desk/requests',
      { action, proposed, reason },
    );
    expect(status).toBe(201);
    return body.metadata.name;
  }

  /** Brings a request on, as the operator would. */
  const bring = (name: string, status: ChangeRequest['status']) =>
    requests().patchStatus(name, { plan: 'small', ...status });

  /** Decides as Pia, past the portal. */
  async function decide(
    name: string,
    verdict: 'approve' | 'deny',
  ): Promise<NonNullable<ChangeRequest['status']>['verdict']> {
    const { groups, user } = people.pia;
    const made = { verdict, by: user, reason, at: new Date().toISOString() };
    await portal.cluster.client
      .as({ user, groups: [...groups, 'system:authenticated'] })
      .resource<ChangeRequest>(changeRequestKind)
      .patchStatus(name, { verdict: made });
    return made;
  }

  async function readAll(who: Name): Promise<Notification[]> {
    const address = portal.url.replace(/bailiwick$/, 'notifications');
    const response = await fetch(`${address}/notifications?limit=100`, {
      headers: signedInAs(who),
    });
    expect(response.status).toBe(200);
    return (await response.json()).notifications;
  }
  const titles = async (who: Name) =>
    (await readAll(who)).map(({ payload }) => payload.title).sort();
  const hears = (who: Name, title: string) =>
    eventually(`${who} hears "${title}"`, async () =>
      (await readAll(who)).find(({ payload }) => payload.title === title),
    );
  const everybody = async () =>
    Object.fromEntries(
      await Promise.all(
        (Object.keys(people) as Name[]).map(
          async who => [who, await titles(who)] as const,
        ),
      ),
    );

  beforeAll(async () => {
    portal = await startPortal({ features: [notificationsPlugin] });
    await createTenant(portal.cluster.client);
    await portal.shows('pia', '/tenants', 'rates-desk');
  }, 120_000);
  afterAll(() => portal?.stop(), 60_000);

  it('notify the approvers, then the requester and the owners, and no one else', async () => {
    const members = [
      { subject: 'user:default/tom', role: 'builder' },
      { subject: 'group:default/traders', role: 'viewer' },
    ];
    const before = {
      members: [
        { subject: 'user:default/bea', role: 'builder' },
        { subject: 'group:default/traders', role: 'viewer' },
      ],
    };
    const name = await ask('setMembers', { members });
    await bring(name, { phase: 'Open', before });
    const waits = 'Pending your approval: Change members of Rates desk';
    const { payload } = await hears('pia', waits);
    expect(payload).toMatchObject({
      link: `/requests?request=${name}`,
      description: expect.stringMatching(/^Requested by rita .*Rates desk/),
    });
    expect(await everybody()).toEqual({
      pia: [waits],
      rita: [],
      bea: [],
      tom: [],
      eve: [],
    });

    const verdict = await decide(name, 'approve');
    await bring(name, { phase: 'Approved', before, verdict });
    const approved = 'Approved: Change members of Rates desk';
    await hears('rita', approved);
    await bring(name, { phase: 'Applied', before, verdict });
    const done = 'Completed: Change members of Rates desk';
    await hears('rita', done);
    await hears('tom', 'You are now a builder of tenant Rates desk');
    await hears('bea', 'You were removed from tenant Rates desk');
    await hears('pia', approved);
    expect(await everybody()).toEqual({
      // In the place of the pending one.
      pia: [approved],
      // In the place of the approval.
      rita: [done],
      bea: ['You were removed from tenant Rates desk'],
      tom: ['You are now a builder of tenant Rates desk'],
      eve: [],
    });
    const all = await Promise.all(
      (Object.keys(people) as Name[]).map(who => readAll(who)),
    );
    expect(JSON.stringify(all)).not.toContain(reason);
  });

  it('report requests that ended without a decision', async () => {
    const name = await ask('renew', { expiresAt: '2027-01-01T00:00:00Z' });
    await bring(name, { phase: 'Open' });
    await hears('pia', 'Pending your approval: Renew Rates desk');
    await bring(name, { phase: 'Expired' });
    const { payload } = await hears('rita', 'Expired: Renew Rates desk');
    expect(payload.description).toContain(
      'The request expired before a decision',
    );
    await hears('pia', 'Expired: Renew Rates desk');
  });

  it('report each event once, also over a restart, including events in between', async () => {
    const heard = await everybody();
    /** When each notification came, and came again. */
    const times = async () =>
      (await readAll('rita')).map(({ created, id, updated }) => ({
        created,
        id,
        updated,
      }));
    const before = await times();
    const name = await ask('renew', { expiresAt: '2027-02-01T00:00:00Z' });
    await portal.restart(async () => {
      await bring(name, { phase: 'Open' });
      const verdict = await decide(name, 'deny');
      await bring(name, { phase: 'Denied', verdict });
    });
    const denied = 'Denied: Renew Rates desk';
    await hears('rita', denied);
    await pause(quietMs);
    expect(await everybody()).toEqual({
      ...heard,
      rita: [...heard.rita, denied].sort(),
    });
    const after = await times();
    expect(after).toEqual(expect.arrayContaining(before));
    const added = after.filter(({ id }) => before.every(one => one.id !== id));
    expect(added).toHaveLength(1);
    expect(added[0].updated).toBeFalsy();
  });

  it('warn owners of the end, report it to them, and the removal to all members', async () => {
    const tenants = operator().resource<Tenant>(tenantKind);
    const at = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const given = JSON.stringify({ '': { at, days: 3 } });
    await tenants.patch('rates-desk', {
      metadata: {
        annotations: { [annotations.endWarnings]: given },
        finalizers: ['bailiwick.dev/cleanup'],
      },
      spec: { expiresAt: at },
    });
    await hears('rita', 'Tenant Rates desk expires within 3 days');
    const past = new Date(Date.now() - 60_000).toISOString();
    await tenants.patch('rates-desk', { spec: { expiresAt: past } });
    await tenants.patchStatus('rates-desk', {
      phase: 'Suspended',
      suspendedAt: past,
    });
    await hears('rita', 'Tenant Rates desk has expired and is suspended');

    await tenants.delete('rates-desk');
    const removed = 'Tenant Rates desk is being deleted';
    await hears('rita', removed);
    await tenants.patch('rates-desk', { metadata: { finalizers: null } });
    await eventually('It is gone', async () => {
      const { body } = await portal.call('pia', 'GET', '/tenants');
      return body.items.length === 0;
    });
    await pause(quietMs);
    for (const who of ['rita', 'bea', 'tom'] as const)
      expect((await titles(who)).filter(title => title === removed)).toEqual([
        removed,
      ]);
    expect(await titles('eve')).toEqual([]);
  });
});
