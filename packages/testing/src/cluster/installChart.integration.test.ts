import { installChart } from './installChart';
import { startTestCluster, type TestCluster } from './startTestCluster';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;

integration('the chart on a real API server', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startTestCluster();
  }, 120_000);
  afterAll(() => cluster?.stop(), 60_000);

  it('installs kinds, access rules, policies and the embedded plans', async () => {
    await installChart(cluster.client, 'crds', 'templates', 'embedded');
    await installChart(cluster.client, 'crds', 'templates', 'embedded');

    const { items } = await cluster.client.request<{ items: unknown[] }>({
      path: '/apis/bailiwick.dev/v1alpha1/plans',
    });
    expect(items).not.toHaveLength(0);
  }, 120_000);
});
