import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { app, plan, tenant } from '@bailiwick/backstage-testing/objects';
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

/** Cluster-wide and namespaced kinds in which tenants have objects. */
const kinds = [
  coreKinds.namespaces,
  coreKinds.clusterRoles,
  coreKinds.clusterRoleBindings,
  coreKinds.configMaps,
  coreKinds.resourceQuotas,
  coreKinds.roleBindings,
  coreKinds.networkPolicies,
];
const finalizers = ['example.com/hold'];

integration('offboarding on a real API server', () => {
  let world: World;
  let steps: RequestSteps;
  const tenants = () => resources.tenants(world.admin);
  const labelled = async (name: string): Promise<KubeObject[]> => {
    const found = await Promise.all(
      kinds.map(type =>
        world.admin
          .resource<KubeObject>(type)
          .list({ labelSelector: `bailiwick.dev/tenant=${name}` }),
      ),
    );
    return found.flat();
  };
  const identities = async (name: string) =>
    (await labelled(name)).map(({ metadata }) => metadata.uid).sort();
  const offboard = (name: string) =>
    steps.ask('offboard', { confirm: name }, name);
  const waiting = (name: string, words: string) =>
    eventually(`${name} waits for ${words}`, async () => {
      const found = await resources.requests(world.admin).get(name);
      return why(found)?.includes(words) ? found : undefined;
    });

  beforeAll(async () => {
    world = await World.start();
    steps = new RequestSteps(world);
    await resources
      .plans(world.admin)
      .create(plan('small', { approval: approveAll }));
    for (const name of ['neighbour', 'leaving', 'stuck', 'again'])
      await resources
        .tenants(world.admin)
        .create(tenant(name, { deletionProtection: true }));
    await eventually(
      'All are ready',
      async () =>
        (
          await tenants().list()
        ).every(({ status }) => status?.phase === 'Ready'),
      90,
    );
    const bea = world.as('user:default/bea');
    await resources.apps(bea).create(app('prices', 'leaving--home'));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('proves that nothing is left, and touches nothing of others', async () => {
    const others = await identities('neighbour');
    const { uid } = (await tenants().get('leaving')).metadata;
    const name = await offboard('leaving');
    const done = await steps.settled(name, 'Applied', 'Failed');
    expect(done.status?.removed).toMatchObject({ uid, left: 0 });
    const counts = Object.fromEntries(
      done.status!.removed!.objects.map(({ kind, count }) => [kind, count]),
    );
    expect(counts).toMatchObject({
      Namespace: 3,
      ResourceQuota: 3,
      App: 1,
      ClusterRole: 1,
      ClusterRoleBinding: 1,
    });
    const sum = Object.values(counts).reduce((one, other) => one + other, 0);
    expect(why(done)).toBe(
      `Tenant leaving was deleted with all of its ${sum} objects`,
    );
    expect(await find(tenants(), 'leaving')).toBeUndefined();
    expect(await labelled('leaving')).toEqual([]);
    expect(await identities('neighbour')).toEqual(others);
  });

  it('wants the name of the tenant once more', async () => {
    const name = await steps.ask('offboard', { confirm: 'else' }, 'neighbour');
    expect(why(await steps.settled(name, 'Failed', 'Applied'))).toContain(
      'send a new request with the name of the tenant, neighbour',
    );
  });

  it('names the obstacle of a namespace’s deletion', async () => {
    const configMaps = world.admin.resource(coreKinds.configMaps);
    const namespace = 'stuck--dev';
    await configMaps.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'held', namespace, finalizers },
    });
    const name = await offboard('stuck');
    const found = await waiting(name, 'example.com/hold');
    expect(why(found)).toMatch(
      /Waiting for the deletion of .*stuck--dev \(.*configmaps.*1 resource/,
    );
    expect(found.status?.phase).toBe('Approved');
    await configMaps.patch(
      'held',
      { metadata: { finalizers: null } },
      { namespace },
    );
    const done = await steps.settled(name, 'Applied', 'Failed');
    expect(done.status?.removed?.left).toBe(0);
  });

  it('allows a new tenant of the same name', async () => {
    const spec = { ...tenant('again').spec };
    await steps.change('offboard', { confirm: 'again' }, 'again');
    const made = await steps.change('create', spec, 'again');
    expect(made.status?.phase).toBe('Applied');
    expect((await tenants().get('again')).metadata.uid).toBeDefined();
  });
});
