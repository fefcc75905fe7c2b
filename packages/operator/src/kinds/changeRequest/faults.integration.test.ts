import { coreKinds } from '@bailiwick/backstage-kube-controller';
import type { ChangeRequest } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { plan, tenant } from '@bailiwick/backstage-testing/objects';
import {
  approveAll,
  RequestSteps,
  why,
} from '../../__testUtils__/RequestSteps';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

integration('an operator that is stopped while it carries out', () => {
  let world: World;
  let steps: RequestSteps;
  const tenants = () => resources.tenants(world.admin);
  const requests = () => resources.requests(world.admin);
  const at = '2026-11-20T00:00:00Z';

  /** Writes a status as an operator that went no further. */
  const asOperator = (name: string, status: ChangeRequest['status']) =>
    resources
      .requests(
        world.admin.as({
          user: 'bailiwick:operator',
          groups: ['system:masters'],
        }),
      )
      .patchStatus(name, { ...status });
  const approved: ChangeRequest['status'] = {
    phase: 'Approved',
    plan: 'small',
    verdict: { verdict: 'approve', by: 'rule', rule: 0, reason: 'Yes.', at },
  };
  const isThere = async (name: string) =>
    (await find(tenants(), name)) !== undefined;

  beforeAll(async () => {
    world = await World.start();
    steps = new RequestSteps(world);
    await resources
      .plans(world.admin)
      .create(plan('small', { approval: approveAll }));
    for (const name of ['one', 'two', 'three'])
      await tenants().create(tenant(name, { deletionProtection: true }));
    await eventually(
      'All are ready',
      async () =>
        (
          await tenants().list()
        ).every(({ status }) => status?.phase === 'Ready'),
      90,
    );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('creates the tenant after an approval', async () => {
    await world.stopOperator();
    const name = await steps.ask('create', { ...tenant('new').spec }, 'new');
    await asOperator(name, approved);
    world.startOperator();
    await steps.settled(name, 'Applied');
    await eventually('Its namespaces', async () => {
      const found = await world.admin
        .resource(coreKinds.namespaces)
        .list({ labelSelector: 'bailiwick.dev/tenant=new' });
      return found.length === 3;
    });
    expect((await tenants().get('new')).spec.plan).toBe('small');
  });

  it('creates it once and records it, even if the response was lost', async () => {
    const { metadata } = await tenants().get('new');
    await world.stopOperator();
    const [name] = (await requests().list()).map(one => one.metadata.name);
    await asOperator(name, approved);
    world.startOperator();
    const done = await steps.settled(name, 'Applied', 'Failed');
    expect(why(done)).toBe('Tenant new was created');
    expect((await tenants().get('new')).metadata.uid).toBe(metadata.uid);
  });

  it('removes the tenant after an approval', async () => {
    await world.stopOperator();
    const name = await steps.ask('offboard', { confirm: 'one' }, 'one');
    await asOperator(name, approved);
    world.startOperator();
    const done = await steps.settled(name, 'Applied', 'Failed');
    expect(done.status?.removed?.left).toBe(0);
    expect(await isThere('one')).toBe(false);
  });

  it('removes it after it was counted, and keeps the first count', async () => {
    await world.stopOperator();
    const { uid = '' } = (await tenants().get('two')).metadata;
    const name = await steps.ask('offboard', { confirm: 'two' }, 'two');
    const objects = [{ kind: 'Namespace', count: 3 }];
    await asOperator(name, { ...approved, removed: { uid, objects } });
    world.startOperator();
    const done = await steps.settled(name, 'Applied', 'Failed');
    expect(done.status?.removed).toEqual({ uid, objects, left: 0 });
    expect(await isThere('two')).toBe(false);
  });

  it('proves it after the deletion began', async () => {
    const { uid = '' } = (await tenants().get('three')).metadata;
    await world.stopOperator();
    const name = await steps.ask('offboard', { confirm: 'three' }, 'three');
    const objects = [{ kind: 'Namespace', count: 3 }];
    await asOperator(name, { ...approved, removed: { uid, objects } });
    await tenants().patch('three', { spec: { deletionProtection: false } });
    await tenants().delete('three');
    world.startOperator();
    const done = await steps.settled(name, 'Applied', 'Failed');
    expect(why(done)).toBe(
      'Tenant three was deleted with all of its 3 objects',
    );
    expect(await isThere('three')).toBe(false);
  });

  it('does not mistake a later tenant of the same name for remaining objects', async () => {
    await world.stopOperator();
    const name = await steps.ask('offboard', { confirm: 'new' }, 'new');
    const removed = { uid: 'an earlier one', objects: [] };
    await asOperator(name, { ...approved, removed });
    world.startOperator();
    const done = await steps.settled(name, 'Applied', 'Failed');
    expect(done.status?.removed?.left).toBe(0);
    expect(
      (await tenants().get('new')).metadata.deletionTimestamp,
    ).toBeUndefined();
  });

  it('grants a tenant to one of two requesters', async () => {
    await world.stopOperator();
    const before = { owners: (await tenants().get('new')).spec.owners };
    const ask = async (owner: string) => {
      const proposed = { owners: [`group:default/${owner}`] };
      const name = await steps.ask('transfer', proposed, 'new');
      await asOperator(name, { ...approved, before });
      return name;
    };
    const names = [await ask('fx'), await ask('bonds')];
    world.startOperator();
    const ended = await Promise.all(
      names.map(name => steps.settled(name, 'Applied', 'Failed')),
    );
    const failed = ended.find(({ status }) => status?.phase === 'Failed')!;
    const { owners } = (await tenants().get('new')).spec;
    expect(ended.filter(({ status }) => status?.phase === 'Applied')).toEqual([
      expect.objectContaining({
        spec: expect.objectContaining({ proposed: { owners } }),
      }),
    ]);
    expect(why(failed)).toBe(
      `Tenant new was transferred to ${owners[0]} after this request; its current owners can send a new request`,
    );
  });

  it('expires requests after two weeks without a decision, also after a downtime', async () => {
    const spec = { ...tenant('x').spec, plan: 'slow' };
    await resources.plans(world.admin).create(
      plan('slow', {
        approval: { rules: [], deciders: ['group:default/leads'] },
      }),
    );
    const name = await steps.ask('create', spec, 'late');
    await steps.settled(name, 'Open');
    const day = 86_400_000;
    const restartIn = async (days: number) => {
      await world.stopOperator();
      world.startOperator(() => new Date(Date.now() + days * day));
    };
    await restartIn(13);
    const other = await steps.ask('create', spec, 'later');
    await steps.settled(other, 'Open');
    expect((await requests().get(name)).status?.phase).toBe('Open');
    await restartIn(14.1);
    expect(why(await steps.settled(name, 'Expired'))).toBe(
      'Expired before a decision',
    );
  });
});
