import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { coreKinds } from '@bailiwick/backstage-kube-controller';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import {
  installChart,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-test-cluster';
import { PersonObjectsProvider } from './PersonObjectsProvider';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const app = {
  metadata: { name: 'feed', namespace: 'rates-desk--home' },
  spec: { environments: [{ name: 'dev' }, { name: 'prod' }] },
} as App;
const entity = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'feed', annotations },
});
const feed = entity({
  'bailiwick.dev/tenant': 'rates-desk',
  'bailiwick.dev/app': 'feed',
});

integration('PersonObjectsProvider on a real API server', () => {
  let cluster: TestCluster;
  let provider: PersonObjectsProvider;

  beforeAll(async () => {
    cluster = await startTestCluster();
    await installChart(cluster.client, 'crds', 'templates');
    for (const environment of ['dev', 'prod']) await prepare(environment);
    await allowBea('rates-desk--dev');
    provider = new PersonObjectsProvider({
      userInfo: mockServices.userInfo(),
      kubernetes: {
        as: person => cluster.client.as(person),
        lists: {
          apps: {
            get: (name: string, namespace: string) =>
              name === 'feed' && namespace === 'rates-desk--home'
                ? app
                : undefined,
          },
        },
      } as KubernetesService,
    });
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  /** An environment's namespace with one Service of the app and one of another. */
  async function prepare(environment: string) {
    const namespace = `rates-desk--${environment}`;
    await cluster.client.resource(coreKinds.namespaces).create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    for (const name of ['feed', 'other']) {
      await cluster.client.resource(coreKinds.services).create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: {
          name,
          namespace,
          labels: {
            'bailiwick.dev/tenant': 'rates-desk',
            'bailiwick.dev/app': name,
          },
        },
        spec: { ports: [{ port: 80 }] },
      });
    }
  }

  async function allowBea(namespace: string) {
    const apiGroup = 'rbac.authorization.k8s.io';
    await cluster.client.resource(coreKinds.roleBindings).create({
      apiVersion: `${apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'bea', namespace },
      roleRef: {
        apiGroup,
        kind: 'ClusterRole',
        name: 'bailiwick:tenant-builder',
      },
      subjects: [{ apiGroup, kind: 'User', name: 'user:default/bea' }],
    });
  }

  const seenBy = async (user: string, of = feed) => {
    const { items } = await provider.getKubernetesObjectsByEntity(
      { entity: of, auth: {} },
      { credentials: mockCredentials.user(user) },
    );
    return items;
  };

  it('shows the app’s objects where the person may look, and only there', async () => {
    const [{ errors, resources }] = await seenBy('user:default/bea');
    const services = resources
      .filter(({ type }) => type === 'services')
      .flatMap(found => found.resources);
    expect(services).toMatchObject([
      { metadata: { name: 'feed', namespace: 'rates-desk--dev' } },
    ]);
    expect(errors).toEqual([]);
  });

  it('shows nothing to somebody who may not look', async () => {
    expect(await seenBy('user:default/eve')).toMatchObject([
      { resources: [], errors: [] },
    ]);
  });

  it.each([
    ['is no app', entity({})],
    [
      'names an app that is not there',
      entity({
        'bailiwick.dev/tenant': 'rates-desk',
        'bailiwick.dev/app': 'gone',
      }),
    ],
  ])('has nothing for an entity that %s', async (_what, other) => {
    expect(await seenBy('user:default/bea', other)).toEqual([]);
  });
});
