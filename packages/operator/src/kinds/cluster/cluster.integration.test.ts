import { coreKinds, type Node } from '@bailiwick/backstage-kube-controller';
import {
  clusterKind,
  findCondition,
  nodesReadyCondition,
  type Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { plan, tenant } from '@bailiwick/backstage-testing/objects';
import { resources, World } from '../../__testUtils__/World';
import { networkPolicyCondition } from '../../inspection';
import { heartbeatInterval } from './reconcileCluster';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

integration('a cluster and its tenants on a real API server', () => {
  let world: World;
  const clusters = () => world.admin.resource<Cluster>(clusterKind);
  const conditions = async () => {
    const { status } = await resources.tenants(world.admin).get('rates-desk');
    return {
      isolated: findCondition(status, 'Isolated'),
      ready: findCondition(status, 'Ready'),
    };
  };
  const becomes = (reason: string) =>
    eventually(`Isolated for the reason ${reason}`, async () => {
      const found = await conditions();
      return found.isolated?.reason === reason ? found : undefined;
    });

  beforeAll(async () => {
    world = await World.start();
    await resources.plans(world.admin).create(plan('small'));
    await world.giveTenant(tenant('rates-desk'));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('is not reported as isolated before the network was inspected', async () => {
    const { isolated, ready } = await conditions();
    expect(isolated).toMatchObject({
      status: 'Unknown',
      reason: 'NotLookedAt',
    });
    expect(ready?.message).toBe('2 of 2 environments ready');
  });

  it('reports that the network plugin does not enforce isolation', async () => {
    await world.admin.resource(coreKinds.nodes).create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node' },
    });
    const labels = { app: 'flannel' };
    await world.admin
      .resource({
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        plural: 'daemonsets',
        scope: 'Namespaced',
      })
      .create({
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'kube-flannel-ds', namespace: 'kube-system' },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              hostNetwork: true,
              containers: [{ name: 'flannel', image: 'flannel' }],
            },
          },
        },
      });
    await clusters().create({
      apiVersion: clusterKind.apiVersion,
      kind: 'Cluster',
      metadata: { name: 'local' },
      spec: {
        title: 'Local',
        provider: 'existing',
        networking: { profile: 'none' },
      },
    });
    const { isolated, ready } = await becomes('SwitchedOff');
    expect(isolated?.message).toMatch(/^Flannel does not enforce .*local\)$/);
    expect(ready).toMatchObject({
      status: 'True',
      message: expect.stringMatching(
        /^2 of 2 environments ready, not isolated/,
      ),
    });
    const { status } = await clusters().get('local');
    expect(status?.capabilities?.networkPolicy).toBe(false);
    expect(findCondition(status, networkPolicyCondition)?.status).toBe('False');
  });

  it('names a node that does not report before the next heartbeat', async () => {
    const reads = (condition: string) =>
      eventually(condition, async () => {
        const { status } = await clusters().get('local');
        const found = findCondition(status, nodesReadyCondition);
        return found?.reason === condition ? { found, status } : undefined;
      });
    const setReady = (status: 'True' | 'Unknown') =>
      world.admin.resource<Node>(coreKinds.nodes).patchStatus('node', {
        conditions: [
          {
            type: 'Ready',
            status,
            reason: 'Test',
            message: '',
            lastTransitionTime: '2026-11-20T08:00:00Z',
          },
        ],
      });
    await setReady('True');
    const { status: healthy } = await reads('NodesReady');
    await setReady('Unknown');
    const { found, status } = await reads('NodeNotReady');
    expect(found).toMatchObject({
      status: 'Unknown',
      message: 'Node node is not reporting (noticed at 2026-11-20T08:00:00Z)',
    });
    expect(findCondition(status, 'Ready')?.status).toBe('True');
    const passed =
      Date.parse(status?.heartbeat ?? '') -
      Date.parse(healthy?.heartbeat ?? '');
    expect(passed).toBeLessThan(heartbeatInterval);
    await setReady('True');
    await reads('NodesReady');
  });

  it('believes the enforcer of the local cluster', async () => {
    await world.admin.resource(coreKinds.clusterRoleBindings).create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'bailiwick:network-policy' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'view',
      },
    } as never);
    await clusters().patch('local', { spec: { title: 'Changed' } });
    const unlimited = await becomes('NoProcessLimit');
    expect(unlimited.isolated).toMatchObject({
      status: 'Unknown',
      message: expect.stringContaining(
        'Cluster local reports no process limit',
      ),
    });
    expect(unlimited.ready).toMatchObject({
      status: 'True',
      message: expect.stringContaining('set podPidsLimit'),
    });
    await clusters().patch('local', { spec: { podPidsLimit: 1024 } });
    const { isolated, ready } = await becomes('Isolated');
    expect(isolated?.status).toBe('True');
    expect(ready?.message).toBe('2 of 2 environments ready');
  });
});
