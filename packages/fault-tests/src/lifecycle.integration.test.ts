import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  findCondition,
  homeNamespace,
  labels,
  tenantKind,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { FaultBench, pause } from '@bailiwick/backstage-testing/world';
import {
  childKinds,
  noOrphans,
  readEndState,
  untouched,
} from '@bailiwick/backstage-testing/oracles';
import {
  Gate,
  holdFrames,
  identityOf,
  isCommitted,
  isWrite,
} from '@bailiwick/backstage-testing/proxy';
import {
  firstCommit,
  isGone,
  secondCommit,
} from '@bailiwick/backstage-testing/people';
import { violationsOf, untilHonest } from './scenario';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(400_000);

integration('an operator whose objects are created and deleted', () => {
  let bench: FaultBench;
  const apps = () => bench.admin.resource<App>(appKind);
  const tenants = () => bench.admin.resource<Tenant>(tenantKind);
  const services = () => bench.admin.resource(coreKinds.services);
  const namespaces = () => bench.admin.resource(coreKinds.namespaces);
  const hold = { metadata: { finalizers: ['example.org/hold'] } };
  const letGo = { metadata: { finalizers: null } };

  const appIsGone = async (tenant: string, name = 'prices') => {
    const found = await apps().list({ namespace: homeNamespace(tenant) });
    return !found.some(({ metadata }) => metadata.name === name);
  };
  const readyOf = async (tenant: string) => {
    const namespace = homeNamespace(tenant);
    const { status } = await apps().get('prices', { namespace });
    return status?.conditions?.find(({ type }) => type === 'Ready');
  };

  beforeAll(async () => {
    bench = await FaultBench.start();
    await bench.keepStill();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench?.stop());

  it('operator/24 does not fill a namespace that is going', async () => {
    const tenant = await bench.giveTenant('ending', 'prices');
    const namespace = `${tenant}--dev`;
    await bench.admin.resource(coreKinds.configMaps).create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'held', namespace, finalizers: ['example.org/hold'] },
    });
    await namespaces().delete(namespace);
    await eventually('The children are gone', async () => {
      const { status } = await namespaces().get(namespace);
      return /^Some resources are remaining: configmaps\. has 1 /.test(
        status?.conditions?.find(
          ({ type }) => type === 'NamespaceContentRemaining',
        )?.message ?? '',
      );
    });
    const start = bench.proxy.passages.length;
    for (const count of [2, 3, 4]) {
      await bench.people.scale(tenant, 'prices', count);
      await pause(700);
    }
    const tried = bench.proxy.passages
      .slice(start)
      .filter(passage => isWrite(passage) && passage.namespace === namespace);
    expect(tried.length).toBeLessThan(70);
    expect(tried.filter(isCommitted)).toEqual([]);
    const configMaps = bench.admin.resource(coreKinds.configMaps);
    await configMaps.patch('held', letGo, { namespace });
    await bench.settle(tenant, 40);
    await bench.people.deleteTenant(tenant);
    await eventually('The tenant goes', () => isGone(bench.admin, tenant), 40);
    expect(noOrphans(await readEndState(bench.admin, tenant))).toEqual([]);
  });

  it('operator/25 retries a failing deletion forever, and reports why', async () => {
    const tenant = await bench.giveTenant('stuck', 'prices');
    const failing = bench.proxy.add({
      verb: 'delete',
      resource: 'services',
      namespace: `${tenant}--dev`,
      fault: {
        type: 'answer',
        status: 500,
        body: { reason: 'InternalError', message: 'the balancer stays' },
      },
    });
    await bench.people.deleteApp(tenant, 'prices');
    await eventually('The status says why', async () => {
      const ready = await readyOf(tenant);
      return ready?.status === 'False' && ready.message.includes('balancer');
    });
    await pause(3000);
    expect(failing.seen).toBeGreaterThan(3);
    expect(failing.seen).toBeLessThan(16);
    expect(await appIsGone(tenant)).toBe(false);
    // Only a person who knows what remains may confirm this.
    await apps().patch(
      'prices',
      { metadata: { annotations: { 'bailiwick.dev/force-delete': 'true' } } },
      { namespace: homeNamespace(tenant) },
    );
    await eventually('It goes', () => appIsGone(tenant));
    await services().get('prices', { namespace: `${tenant}--dev` });
  });

  it('operator/26 names the obstacle of a deletion', async () => {
    const tenant = await bench.giveTenant('held', 'prices');
    const dev = { namespace: `${tenant}--dev` };
    await services().patch('prices', hold, dev);
    await bench.people.deleteApp(tenant, 'prices');
    await eventually('The status names it', async () => {
      const ready = await readyOf(tenant);
      return (
        ready?.reason === 'Deleting' &&
        ready.message.includes('Service held--dev/prices (example.org/hold)')
      );
    });
    expect(await appIsGone(tenant)).toBe(false);
    await services().patch('prices', letGo, dev);
    await eventually('It goes', () => appIsGone(tenant));
    await services()
      .create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'mine', ...dev, ...hold.metadata },
        spec: { ports: [{ port: 80 }] },
      } as KubeObject)
      .then(() => bench.people.deleteTenant(tenant));
    await eventually('The tenant says what it waits for', async () => {
      const { status } = await tenants().get(tenant);
      return JSON.stringify(status).includes('example.org/hold');
    });
    await services().patch('mine', letGo, dev);
    await eventually('The tenant goes', () => isGone(bench.admin, tenant), 40);
  });

  it('operator/27 leaves nothing of objects that were deleted before it saw them', async () => {
    const tenant = await bench.giveTenant('brief');
    const gate = new Gate();
    bench.proxy.add({
      verb: 'watch',
      resource: ['apps', 'tenants'],
      when: ({ query }) => !query.has('sendInitialEvents'),
      fault: holdFrames(gate),
    });
    bench.proxy.endWatches({ resource: ['apps', 'tenants'] });
    await pause(500);
    gate.close();
    for (let i = 0; i < 5; i += 1) {
      await bench.people.createApp(tenant, `app-${i}`);
      await bench.people.deleteApp(tenant, `app-${i}`);
      await bench.people.createTenant(`brief-${i}`);
      await bench.people.deleteTenant(`brief-${i}`);
    }
    gate.open();
    bench.proxy.clear();
    for (let i = 5; i < 15; i += 1) {
      await bench.people.createApp(tenant, `app-${i}`);
      await pause(i * 5);
      await bench.people.deleteApp(tenant, `app-${i}`);
    }
    const start = bench.proxy.writes.length;
    await bench.people.createApp(tenant, 'stays');
    await bench.settle(tenant);
    const ofApp = bench.proxy.writes
      .slice(start)
      .filter(({ name }) => name === 'stays')
      .map(identityOf);
    expect(ofApp[0]).toBe(`apps ${tenant}--home/stays`);
    await eventually('Only one app is left', async () => {
      const end = await readEndState(bench.admin, tenant);
      return !Object.keys(end).some(
        name =>
          /app-\d/.test(name) && !name.startsWith('ConfigMap TENANT--home'),
      );
    });
    for (let i = 0; i < 5; i += 1) {
      const end = await readEndState(bench.admin, `brief-${i}`);
      expect(noOrphans(end)).toEqual([]);
    }
  });

  it('operator/28 names no owner in another namespace, and none that does not exist', async () => {
    const tenant = await bench.giveTenant('owned', 'prices');
    const children = (
      await Promise.all(
        childKinds.map(type =>
          bench.admin.resource<KubeObject>(type).list({
            labelSelector: `app.kubernetes.io/managed-by=bailiwick`,
          }),
        ),
      )
    ).flat();
    expect(children.length).toBeGreaterThan(20);
    const owned = children.filter(
      ({ metadata }) => metadata.ownerReferences?.length,
    );
    // Only a cluster-scoped kind can own cluster-scoped objects.
    expect(new Set(owned.map(({ kind }) => kind))).toEqual(
      new Set(['ClusterRole', 'ClusterRoleBinding']),
    );
    const plans = await bench.admin
      .resource({ ...tenantKind, kind: 'Plan', plural: 'plans' })
      .list();
    const uids = plans.map(({ metadata }) => metadata.uid);
    for (const { metadata } of owned)
      for (const { kind, uid } of metadata.ownerReferences ?? []) {
        expect(kind).toBe('Plan');
        expect(uids).toContain(uid);
      }
    const mine = children.filter(
      ({ metadata }) => metadata.labels?.[labels.tenant] === tenant,
    );
    await bench.quiesce();
    // The garbage collector had time to find an owner that is not there.
    await pause(3000);
    const seen = (objects: KubeObject[]) =>
      new Map(
        objects
          .filter(({ kind }) => kind !== 'Namespace')
          .map(({ kind, metadata }) => [
            `${kind} ${metadata.namespace}/${metadata.name}`,
            metadata.uid ?? '',
          ]),
      );
    const later = (
      await Promise.all(
        childKinds.map(type =>
          bench.admin
            .resource<KubeObject>(type)
            .list({ labelSelector: `${labels.tenant}=${tenant}` }),
        ),
      )
    ).flat();
    expect(untouched(seen(mine), seen(later))).toEqual([]);
  });

  it('operator/O4 to operator/O8 hold for all of it', async () => {
    expect(await bench.stillness()).toEqual([]);
    expect(await violationsOf(bench)).toEqual([]);
  });

  it('operator/40 rolls out exactly the changes', async () => {
    const tenant = await bench.giveTenant('rotated', 'one', 'two');
    await bench.quiesce();
    const start = bench.proxy.writes.length;
    await bench.people.pushCode(tenant, 'one', firstCommit, 'rotated');
    const deployments = bench.admin.resource(coreKinds.deployments);
    const digest = async (name: string) => {
      const { spec } = await deployments.get(name, {
        namespace: `${tenant}--dev`,
      });
      const { metadata } = spec?.template as {
        metadata: { annotations: Record<string, string> };
      };
      return metadata.annotations['bailiwick.dev/bundle-digest'];
    };
    const before = await digest('two');
    await eventually('The first app runs the other code', async () => {
      return (await digest('one')) !== before;
    });
    await bench.quiesce();
    const ofOthers = bench.proxy.writes
      .slice(start)
      .filter(({ name }) => name === 'two');
    expect(ofOthers).toEqual([]);
    // A deleted one does not affect its users.
    await bench.admin
      .resource(coreKinds.configMaps)
      .delete(`two-${firstCommit}`, { namespace: homeNamespace(tenant) });
    await eventually('The status says so', async () => {
      const namespace = homeNamespace(tenant);
      const { status } = await apps().get('two', { namespace });
      return status?.environments?.[0]?.why.includes('Bundling the code');
    });
    expect(await digest('two')).toBe(before);
    await bench.people.run(tenant, 'two', secondCommit);
    await bench.settle(tenant);
    const useImage = (image: string) =>
      bench.admin
        .resource(coreKinds.configMaps)
        .patch(
          'runtime-images',
          { data: { 'bailiwick.python': image } },
          { namespace: 'bailiwick-system' },
        );
    await useImage('registry.test/bailiwick/python:2');
    await eventually('Both run the other image', async () => {
      const all = await deployments.list({ namespace: `${tenant}--dev` });
      return all.every(({ spec }) => JSON.stringify(spec).includes('python:2'));
    });
    await bench.settle(tenant, 60);
    // Pods of a missing image never become ready, and nothing reports that they are.
    await useImage('registry.test/absent:1');
    await eventually('The status says why', async () => {
      const { status } = await apps().get('one', {
        namespace: homeNamespace(tenant),
      });
      const { health, why = '' } = status?.environments?.[0] ?? {};
      return (
        health === 'Degraded' &&
        /Older pods are still ready.*registry.test\/absent:1/.test(why) &&
        findCondition(status, 'Ready')?.status === 'False'
      );
    });
    await useImage('registry.test/bailiwick/python:2');
    await bench.settle(tenant, 60);
    expect(await untilHonest(bench)).toEqual([]);
  });
});
