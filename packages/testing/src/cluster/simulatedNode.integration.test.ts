import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { eventually } from './eventually';
import { startTestCluster, type TestCluster } from './startTestCluster';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(180_000);

integration('a simulated node', () => {
  let cluster: TestCluster;
  const place = { namespace: 'default' };
  const pods = () => cluster.client.resource(coreKinds.pods);
  const run = (name: string, image: string) =>
    pods().create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, ...place, labels: { 'bailiwick.dev/commit': 'abc' } },
      spec: {
        containers: [{ name: 'app', image }],
        automountServiceAccountToken: false,
      },
    } as unknown as Parameters<ReturnType<typeof pods>['create']>[0]);
  const statusOf = async (name: string) =>
    (await pods().get(name, place)).status;
  const untilReady = (name: string) =>
    eventually('The pod is ready', async () =>
      (await statusOf(name))?.conditions?.some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      ),
    );
  const start = async () => {
    cluster = await startTestCluster({ simulatedNode: true });
    await eventually('The account is there', () =>
      cluster.client.resource(coreKinds.serviceAccounts).get('default', place),
    );
  };

  beforeAll(start);
  afterAll(() => cluster?.stop());

  it('makes pods ready, which respond to the API server', async () => {
    await run('works', 'registry.test/any:1');
    await untilReady('works');
    const ask = (path: string) =>
      cluster.client.request({
        path: `/api/v1/namespaces/default/pods/works:8080/proxy${path}`,
      });
    expect(await ask('/contract')).toMatchObject({
      functions: [{ name: 'prices', description: 'Prices by abc.' }],
    });
    cluster.pods!.answer = () => ({ status: 503, body: { status: 'failed' } });
    await expect(ask('/readyz')).rejects.toMatchObject({ status: 503 });
    expect(cluster.pods!.asked).toEqual([
      'default/works /contract',
      'default/works /readyz',
    ]);
  });

  it('does not start missing images, and deletes pods', async () => {
    await run('absent', 'registry.test/absent:1');
    const status = await eventually('The image is missed', async () => {
      const found = await statusOf('absent');
      return found?.containerStatuses ? found : undefined;
    });
    expect(status).toMatchObject({
      phase: 'Pending',
      containerStatuses: [
        { state: { waiting: { reason: 'ImagePullBackOff' } } },
      ],
    });
    await pods().delete('absent', place);
    await eventually('The pod is gone', async () => {
      const all = await pods().list(place);
      return !all.some(({ metadata }) => metadata.name === 'absent');
    });
  });

  it('is reused without its pods and their responses', async () => {
    const { kubeconfig } = cluster;
    await cluster.stop();
    await start();
    expect(cluster.kubeconfig).toBe(kubeconfig);
    expect(await pods().list(place)).toEqual([]);
    await run('works', 'registry.test/any:1');
    await untilReady('works');
    const path = '/api/v1/namespaces/default/pods/works:8080/proxy/readyz';
    expect(await cluster.client.request({ path })).toMatchObject({
      status: 'ready',
    });
  });
});
