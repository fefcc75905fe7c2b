import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  coreKinds,
  KubeClient,
  LeaseElection,
  type Change,
} from '@bailiwick/backstage-kube-controller';
import {
  planKind,
  type Plan,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  eventually,
  installChart,
  startTestCluster,
  type TestCluster,
} from '@bailiwick/backstage-testing';
import { copyFile } from 'node:fs/promises';
import { DefaultKubernetesService } from './DefaultKubernetesService';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
const pia = { user: 'user:default/pia', groups: ['group:default/platform'] };

integration('DefaultKubernetesService on a real API server', () => {
  const directory = createMockDirectory();
  let cluster: TestCluster;
  let service: DefaultKubernetesService;

  beforeAll(async () => {
    directory.setContent({
      'state.json': JSON.stringify({
        phase: 'starting',
        steps: [{ name: 'api', title: 'API server', state: 'running' }],
      }),
    });
    service = DefaultKubernetesService.fromConfig(
      mockServices.rootConfig({
        data: {
          bailiwick: {
            kubernetes: {
              kubeconfig: directory.resolve('kubeconfig'),
              stateFile: directory.resolve('state.json'),
            },
          },
        },
      }),
      { logger: mockServices.logger.mock() },
    );
    cluster = await startTestCluster();
  }, 120_000);
  afterAll(async () => {
    service.stop();
    await cluster?.stop();
  }, 60_000);

  it('answers before there is a cluster, and connects as soon as there is', async () => {
    const told: string[] = [];
    const changes: Change<Plan>[] = [];
    service.onProgress(() => told.push(service.progress().message));
    service.lists.plans.subscribe(change => changes.push(change));
    service.start();

    await eventually('The progress is told', () => told.length > 0);
    expect(service.progress()).toMatchObject({
      ready: false,
      message: 'The cluster is starting: API server.',
      steps: [{ name: 'api' }],
    });
    expect(() => service.as(pia)).toThrow(ServiceUnavailableError);
    expect(service.server()).toBeUndefined();
    expect(service.lists.plans.list()).toEqual([]);

    // The API server responds, but the kinds do not exist yet.
    await copyFile(cluster.kubeconfig, directory.resolve('kubeconfig'));
    await eventually('The address is known', () => service.server());
    expect(service.progress().ready).toBe(false);

    await installChart(cluster.client, 'crds', 'templates', 'embedded');
    await eventually('The service is ready', () => service.progress().ready);
    expect(told.at(-1)).toBe('The cluster is ready.');
    await eventually('The plans are told', () => changes.length >= 3);
    expect(service.lists.plans.get('small')?.spec.title).toBe('Small');
  }, 120_000);

  it('acts as the person, not as itself', async () => {
    const stranger = { user: 'user:default/eve', groups: [] };
    await expect(
      service.as(stranger).resource(coreKinds.namespaces).list(),
    ).rejects.toThrow(/"user:default\/eve" cannot list/);
    await expect(
      service.as(pia).resource(coreKinds.namespaces).list(),
    ).resolves.not.toHaveLength(0);
  });

  it('sends nothing after a listener has left', async () => {
    let told = 0;
    const unsubscribe = service.lists.plans.subscribe(() => told++);
    unsubscribe();
    const plan = service.lists.plans.get('small')!;
    const plans = cluster.client.resource<Plan>(planKind);
    await plans.patch('small', { spec: { title: 'Tiny' } });
    await eventually(
      'The change is seen',
      () => service.lists.plans.get('small')?.spec.title === 'Tiny',
    );
    expect(told).toBe(0);
    expect(plan.spec.title).toBe('Small');
  });

  it('reports an operator that stops leading, and stays ready', async () => {
    const { kubeconfig } = cluster;
    const operator = KubeClient.fromKubeconfig({
      path: kubeconfig,
      userAgent: 'test-operator',
    });
    const crash = new AbortController();
    const leading = new LeaseElection({
      client: operator.fencedBy(() => !crash.signal.aborted),
      namespace: 'bailiwick-system',
      name: 'bailiwick-operator',
      identity: 'one',
      log: { info() {}, warn() {}, error() {}, debug() {} } as never,
    }).run(crash.signal, async signal => {
      await new Promise(resolve => {
        signal.addEventListener('abort', resolve);
      });
    });
    const lease = () =>
      cluster.client
        .resource(coreKinds.leases)
        .get('bailiwick-operator', { namespace: 'bailiwick-system' });
    await eventually('It leads', async () => lease().catch(() => undefined));
    expect(service.progress()).not.toHaveProperty('stale');
    // A killed operator leaves its lease as it is.
    crash.abort();
    await leading;
    await operator.close();
    const stale = await eventually(
      'The absence is noticed',
      () => service.progress().stale,
    );
    expect(stale).toMatchObject({
      who: 'operator',
      why: expect.stringMatching(/^The operator is not responding/),
    });
    expect(service.progress().ready).toBe(true);
    await cluster.client
      .resource(coreKinds.leases)
      .delete('bailiwick-operator', { namespace: 'bailiwick-system' });
    await eventually('It is over', () => !service.progress().stale);
  }, 60_000);

  it('reports stale data while the API server is not responding, and recovers by itself', async () => {
    const goOn = cluster.freeze();
    try {
      const stale = await eventually(
        'The silence is noticed',
        () => service.progress().stale,
      );
      expect(stale.why).toBe('The API server did not respond within 4 s.');
      expect(service.progress()).toMatchObject({
        ready: false,
        message: expect.stringContaining('may be out of date'),
      });
    } finally {
      goOn();
    }
    await eventually('It is ready again', () => service.progress().ready);
    expect(service.progress()).not.toHaveProperty('stale');
  }, 60_000);

  it('detects the loss of the API server at once, and shows changes that were made meanwhile', async () => {
    const told: (string | undefined)[] = [];
    service.onProgress(() => told.push(service.progress().stale?.why));
    cluster.kill();
    await eventually('The loss is noticed', () => told.length > 0, 5);
    expect(told[0]).toMatch(/^The API server can't be reached/);
    await eventually('It is ready again', () => service.progress().ready, 40);
    expect(told.at(-1)).toBeUndefined();
    await cluster.client
      .resource<Plan>(planKind)
      .patch('small', { spec: { title: 'After' } });
    await eventually(
      'The change is seen',
      () => service.lists.plans.get('small')?.spec.title === 'After',
    );
  }, 60_000);
});
