import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { installOnTarget } from './installChart';
import { startTestCluster, type TestCluster } from './startTestCluster';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

const desk = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'desk' },
};

integration('a control plane that is handed on', () => {
  let cluster: TestCluster;
  const start = async () => {
    cluster = await startTestCluster({ chartFolders: ['crds'] });
  };
  afterEach(() => cluster.stop());

  const namespaces = () => cluster.client.resource(coreKinds.namespaces);
  const configMaps = () => cluster.client.resource(coreKinds.configMaps);

  it('is the same, with its initial data', async () => {
    await start();
    const before = await namespaces().list();
    await namespaces().create(desk);
    await configMaps().create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'held',
        namespace: 'desk',
        finalizers: ['test.bailiwick.dev/for-ever'],
      },
    } as KubeObject);
    await namespaces().patch('kube-public', {
      metadata: { labels: { changed: 'yes' } },
    });
    await namespaces().delete('desk');
    const { kubeconfig } = cluster;
    await cluster.stop();

    await start();
    expect(cluster.kubeconfig).toBe(kubeconfig);
    const names = (all: KubeObject[]) =>
      all.map(({ metadata }) => metadata.name);
    const after = await namespaces().list();
    expect(names(after)).toEqual(names(before));
    const unchanged = after.find(
      ({ metadata }) => metadata.name === 'kube-public',
    );
    expect(unchanged?.metadata.labels).not.toHaveProperty('changed');
    await namespaces().create(desk);
    expect(await configMaps().list({ namespace: 'desk' })).toEqual([]);
  });

  it.each([
    [
      'another kind was defined',
      () =>
        cluster.client.resource(coreKinds.customResourceDefinitions).create({
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
          metadata: { name: 'others.test.bailiwick.dev' },
          spec: {
            group: 'test.bailiwick.dev',
            names: { kind: 'Other', plural: 'others' },
            scope: 'Namespaced',
            versions: [
              {
                name: 'v1',
                served: true,
                storage: true,
                schema: { openAPIV3Schema: { type: 'object' } },
              },
            ],
          },
        } as KubeObject),
    ],
    [
      'policies with parameters were installed',
      async () => {
        await installOnTarget(cluster.client);
      },
    ],
    ['its API server was killed', () => cluster.kill()],
  ])('is another one after %s', async (_, damage) => {
    await start();
    const { kubeconfig } = cluster;
    await damage();
    await cluster.stop();

    await start();
    expect(cluster.kubeconfig).not.toBe(kubeconfig);
  });
});
