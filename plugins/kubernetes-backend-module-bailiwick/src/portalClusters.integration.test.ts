import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { kubernetesServiceRef } from '@bailiwick/backstage-plugin-bailiwick-node';
import {
  eventually,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { entityWith, feed, ObjectsWorld } from './__testUtils__/ObjectsWorld';
import { kubernetesModuleBailiwick } from './module';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const id = 'backstage.io/kubernetes-id';
const shop = {
  ...entityWith({ [id]: 'shop' }),
  metadata: { name: 'shop', annotations: { [id]: 'shop' } },
};
const namespace = 'shop';

/** Creates a pod that the plugin finds by its label, and a service account that may read it. @returns its token */
async function fillPortalCluster({ client }: TestCluster): Promise<string> {
  const account = { name: 'backstage', namespace };
  await client.resource(coreKinds.namespaces).create({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  for (const name of ['default', account.name])
    await client.resource(coreKinds.serviceAccounts).create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace },
    });
  await client.resource(coreKinds.clusterRoleBindings).create({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'backstage', labels: { [id]: 'shop' } },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      // What 'view' holds is aggregated by controllers, which do not run here.
      name: 'cluster-admin',
    },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
  await client.resource(coreKinds.pods).create({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop-1', namespace, labels: { [id]: 'shop' } },
    spec: { containers: [{ name: 'shop', image: 'image.test/shop:1' }] },
  } as never);
  const answer = await client.request<{ status: { token: string } }>({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${account.name}/token`,
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    },
  });
  return answer.status.token;
}

integration('a portal with its own cluster and Kubernetes tab', () => {
  let world: ObjectsWorld;
  let own: TestCluster;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    [world, own] = await Promise.all([
      ObjectsWorld.start(),
      startTestCluster(),
    ]);
    await world.bind('bea', 'builder', 'dev');
    await world.makePod('feed-1');
    const token = await fillPortalCluster(own);
    backend = await startTestBackend({
      features: [
        kubernetesPlugin,
        kubernetesModuleBailiwick,
        catalogServiceMock.factory({ entities: [shop, feed] }),
        mockServices.rootConfig.factory({
          data: {
            kubernetes: {
              serviceLocatorMethod: { type: 'multiTenant' },
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    {
                      name: 'production',
                      url: own.client.server,
                      authProvider: 'serviceAccount',
                      serviceAccountToken: token,
                      skipMetricsLookup: true,
                      caData: Buffer.from(own.serving().ca).toString('base64'),
                    },
                  ],
                },
              ],
            },
          },
        }),
        createServiceFactory({
          service: kubernetesServiceRef,
          deps: {},
          factory: () => world.kubernetes(),
        }),
      ],
    });
    await eventually(
      'The pod is known',
      () => world.kubernetes().lists.pods.list().length,
    );
  }, 120_000);
  afterAll(async () => {
    await backend?.stop();
    await Promise.all([world?.stop(), own?.stop()]);
  }, 60_000);

  async function ask(path: string, cluster?: string, sent?: object) {
    const answer = await fetch(
      `http://localhost:${backend.server.port()}/api/kubernetes${path}`,
      {
        method: sent ? 'POST' : 'GET',
        headers: {
          authorization: mockCredentials.user.header('user:default/bea'),
          'content-type': 'application/json',
          ...(cluster && { 'backstage-kubernetes-cluster': cluster }),
        },
        body: sent && JSON.stringify(sent),
      },
    );
    return { status: answer.status, body: await answer.json() };
  }

  /** Sends the tab's request. @returns clusters with errors and names by kind */
  async function objectsOf(entity: typeof feed) {
    const { body } = await ask(`/services/${entity.metadata.name}`, undefined, {
      entity,
      auth: {},
    });
    return body.items.map(({ cluster, errors, resources }: any) => ({
      cluster: cluster.name,
      errors,
      names: Object.fromEntries(
        resources
          .filter((found: any) => found.resources.length > 0)
          .map((found: any) => [
            found.type,
            found.resources.map(({ metadata }: any) => metadata.name),
          ]),
      ),
    }));
  }

  it('keeps the pods of its entities, from its own cluster alone', async () => {
    expect(await objectsOf(shop)).toEqual([
      { cluster: 'production', errors: [], names: { pods: ['shop-1'] } },
    ]);
  });

  it('shows apps from ours alone', async () => {
    const [found, ...others] = await objectsOf(feed);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      cluster: 'here',
      errors: [],
      names: { pods: ['feed-1'], services: ['feed'] },
    });
  });

  it('lists its clusters beside ours', async () => {
    const { body } = await ask('/clusters');
    expect(body.items).toMatchObject([
      { name: 'production', authProvider: 'serviceAccount' },
      { name: 'here', authProvider: 'localKubectlProxy' },
    ]);
  });

  it('keeps its custom resources', async () => {
    const { body } = await ask('/resources/custom/query', undefined, {
      entityRef: 'component:default/shop',
      auth: {},
      customResources: [
        {
          group: 'rbac.authorization.k8s.io',
          apiVersion: 'v1',
          plural: 'clusterrolebindings',
        },
      ],
    });
    expect(body.items).toMatchObject([{ cluster: { name: 'production' } }]);
  });

  it('keeps its proxy, and ours stays closed', async () => {
    const path = `/proxy/api/v1/namespaces/${namespace}/pods`;
    const { body } = await ask(path, 'production');
    expect(body.items).toMatchObject([{ metadata: { name: 'shop-1' } }]);
    expect((await ask(path, 'here')).status).toBe(403);
  });
});
