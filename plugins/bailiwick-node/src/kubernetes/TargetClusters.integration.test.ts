import { ServiceUnavailableError } from '@backstage/errors';
import { mockServices } from '@backstage/backend-test-utils';
import { coreKinds } from '@bailiwick/backstage-kube-controller';
import {
  clusterKind,
  labels,
  managedBy,
  tenantKind,
  type Cluster,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  installOnTarget,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { tenant } from '@bailiwick/backstage-testing/objects';
import { readFile } from 'node:fs/promises';
import { DefaultKubernetesService } from './DefaultKubernetesService';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const bea = { user: 'user:default/bea', groups: [] };
const eve = { user: 'user:default/eve', groups: [] };
const namespace = 'desk--dev';

integration('environments on another cluster than the portal', () => {
  let hub: TestCluster;
  let west: TestCluster;
  let service: DefaultKubernetesService;

  beforeAll(async () => {
    hub = await startTestCluster({
      chartFolders: ['crds', 'templates', 'embedded'],
    });
    west = await startTestCluster({ withoutKinds: true });
    await installOnTarget(west.client);
    const { client } = west;
    await client.resource(coreKinds.namespaces).create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    await client.resource(coreKinds.serviceAccounts).create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace },
    });
    await client.resource(coreKinds.pods).create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'prices-1',
        namespace,
        labels: { [labels.managedBy]: managedBy },
      },
      spec: { containers: [{ name: 'runtime', image: 'registry.test/a:1' }] },
    });
    await client.resource(coreKinds.roleBindings).create({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'builder', namespace },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'bailiwick:tenant-builder',
      },
      subjects: [
        {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'User',
          name: bea.user,
        },
      ],
    } as never);
    await hub.client.resource<Tenant>(tenantKind).create(
      tenant('desk', {
        environments: [{ name: 'dev', cluster: 'west', protected: false }],
      }),
    );
    await hub.client.resource<Cluster>(clusterKind).create({
      apiVersion: clusterKind.apiVersion,
      kind: 'Cluster',
      metadata: { name: 'west' },
      spec: {
        title: 'West',
        provider: 'existing',
        credentials: { secret: 'west' },
        networking: { profile: 'none' },
      },
    });
    service = DefaultKubernetesService.fromConfig(
      mockServices.rootConfig({
        data: {
          bailiwick: {
            kubernetes: { kubeconfig: await hub.identity('bailiwick:portal') },
          },
        },
      }),
      { logger: mockServices.logger.mock() },
    );
    service.start();
    await eventually('The portal is ready', () => service.progress().ready);
  }, 180_000);
  afterAll(async () => {
    service?.stop();
    await hub?.stop();
    await west?.stop();
  }, 60_000);

  it('are out of reach without credentials, and nothing else is', async () => {
    const refusal = await eventually('The cluster is known', () => {
      try {
        service.asIn(bea, namespace);
        return undefined;
      } catch (error) {
        return error as Error;
      }
    });
    expect(refusal).toBeInstanceOf(ServiceUnavailableError);
    expect(refusal.message).toMatch(
      /no credentials for cluster west; .* the Secret bailiwick-portal\/west$/,
    );
    expect(service.asIn(bea, 'desk--home').server).toBe(hub.client.server);
    expect(service.progress().ready).toBe(true);
  });

  it('are shown and queried as soon as they exist, as the person', async () => {
    const told: string[] = [];
    service.lists.pods.subscribe(({ object }) =>
      told.push(object.metadata.name),
    );
    const text = await readFile(await west.identity('bailiwick:portal'));
    await hub.client.resource(coreKinds.secrets).create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'west',
        namespace: 'bailiwick-portal',
        labels: { [labels.kubeconfig]: 'true' },
      },
      data: { kubeconfig: text.toString('base64') },
    });
    await eventually('The pod is shown', () =>
      service.lists.pods.get('prices-1', namespace),
    );
    expect(service.lists.pods.list()).toHaveLength(1);
    expect(told).toEqual(['prices-1']);
    const pods = (person: typeof bea) =>
      service
        .asIn(person, namespace)
        .resource(coreKinds.pods)
        .list({ namespace });
    expect(await pods(bea)).toHaveLength(1);
    await expect(pods(eve)).rejects.toThrow('"user:default/eve" cannot list');
    // The proxy of that API server, which finds no node with the pod.
    await expect(
      service.callPod({ namespace, name: 'prices-1', port: 8080 }, '/metrics'),
    ).rejects.toThrow(/address|host|assigned|unavailable/i);
  });

  it('are followed on their cluster, for readers who come and leave', async () => {
    await west.client.resource(coreKinds.services).create({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'prices', namespace },
      spec: { ports: [{ port: 80 }] },
    });
    const stop = new AbortController();
    const follow = async (cluster?: string) => {
      const options = { type: coreKinds.services, namespace };
      const informer = service.watch(options, stop.signal, cluster);
      await informer.synced;
      return informer.list().map(({ metadata }) => metadata.name);
    };
    expect(await follow('west')).toEqual(['prices']);
    expect(await follow()).toEqual([]);
    stop.abort();
  });

  it('are no longer shown when their cluster is disconnected', async () => {
    await hub.client.resource<Cluster>(clusterKind).delete('west');
    await eventually(
      'The pod is gone',
      () => service.lists.pods.list().length === 0,
    );
  });
});
