import {
  coreKinds,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  pack,
  plan,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { AppSteps, dev, home } from '../../__testUtils__/AppSteps';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const scalingTimes = { busy: 200, idle: 200, burst: 500, window: 2500 };

integration('apps that are scaled by their calls on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  /** Number of running calls in each pod. */
  let held = 0;

  const scale = (min: number, max: number, changes = {}) =>
    resources.apps(bea).patch(
      'feed',
      {
        spec: {
          environments: [
            {
              name: 'dev',
              revision: 'draft',
              replicas: { min, max },
              ...changes,
            },
          ],
        },
      },
      { namespace: home },
    );
  const deployment = () =>
    world.admin.resource(coreKinds.deployments).get('feed', { namespace: dev });
  const replicas = async () => (await deployment()).spec?.replicas;
  const hasReplicas = (count: number) =>
    eventually(
      `The Deployment has ${count} replicas`,
      async () => (await replicas()) === count,
    );
  const budget = () =>
    find(world.admin.resource(coreKinds.podDisruptionBudgets), 'feed', dev);
  const hasEvent = (text: string) =>
    eventually(text, async () => {
      const events = await world.admin
        .resource(coreKinds.events)
        .list({ namespace: home });
      return events.some(({ message }) => message === text);
    });
  /** Number of times that pods have been read. */
  const readings = () =>
    world.cluster.pods!.asked.filter(one => one.endsWith('/concurrency'))
      .length;

  beforeAll(async () => {
    world = await World.start({ simulatedNode: true, scalingTimes });
    world.cluster.pods!.answer = (_, path) =>
      path === '/concurrency'
        ? {
            status: 200,
            body: { slots: 4, held, heldSeconds: 0, refused: 0, seconds: 0 },
          }
        : undefined;
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    const { perEnvironment } = plan('small').spec;
    await resources
      .plans(world.admin)
      .create(
        plan('small', { perEnvironment: { ...perEnvironment, cpu: '300m' } }),
      );
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('rates-desk'));
    await steps.writeBundle('feed', '3f9c1e2', 'code');
    await resources.apps(bea).create(app('feed', home));
    await steps.environment('feed', { health: 'Healthy' });
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('keep a fixed number of pods, which nothing reads', async () => {
    held = 4;
    await scale(2, 2);
    await hasReplicas(2);
    await steps.environment('feed', { health: 'Healthy' });
    expect(readings()).toBe(0);
    await eventually('A disruption budget', () => budget());
  });

  it('run more pods while theirs are full, and fewer pods when the calls have ended', async () => {
    held = 2;
    await scale(1, 3);
    held = 4;
    await hasReplicas(3);
    await steps.environment('feed', { health: 'Healthy' });
    expect(await budget()).toBeUndefined();
    held = 0;
    await hasReplicas(1);
    await hasEvent(
      'Pods scaled from 2 to 3: 100 % of the slots for concurrent calls are occupied.',
    );
    await hasEvent(
      'Pods scaled from 2 to 1: 0 % of the slots for concurrent calls are occupied.',
    );
  });

  it('are within other limits at once', async () => {
    held = 0;
    await scale(2, 3);
    await hasReplicas(2);
  });

  it('are paused although calls are running, and resume with the minimum', async () => {
    held = 4;
    await hasReplicas(3);
    await scale(2, 3, { suspended: true });
    await hasReplicas(0);
    held = 0;
    await scale(2, 3);
    await hasReplicas(2);
    await steps.environment('feed', { health: 'Healthy' });
  });

  it('are healthy if the quota has no room for more pods, with a note', async () => {
    held = 4;
    await scale(2, 6);
    // Kubernetes may admit a pod too many while it adds up what is used.
    const state = await steps.environment('feed', {
      health: 'Healthy',
      why: 'The quota is used up: 300m CPU of 300m CPU used, 100m CPU more needed.',
    });
    expect(state.next).toMatch(/plan/);
    expect(state.pods.ready).toBeGreaterThanOrEqual(3);
    expect(state.pods.ready).toBeLessThan(6);
    held = 0;
    await hasReplicas(2);
  });

  it('keep their pods while none of them responds', async () => {
    const { pods } = world.cluster;
    const before = pods!.answer;
    pods!.answer = () => ({ status: 404, body: {} });
    held = 4;
    const start = readings();
    await eventually('They are read', async () => readings() > start + 10);
    expect(await replicas()).toBe(2);
    pods!.answer = before;
    await hasReplicas(3);
  });

  it('can have a fixed number of pods again', async () => {
    await scale(1, 1);
    await hasReplicas(1);
    const { metadata } = await deployment();
    expect(metadata.annotations).not.toHaveProperty([
      'bailiwick.dev/replica-range',
    ]);
  });

  it('lose the autoscaler that an earlier version created', async () => {
    const autoscalers = world.admin.resource(
      coreKinds.horizontalPodAutoscalers,
    );
    const { annotations, labels } = (await deployment()).metadata;
    await autoscalers.create({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'feed', namespace: dev, labels, annotations },
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'feed',
        },
        maxReplicas: 3,
      },
    } as KubeObject);
    await eventually(
      'It is deleted',
      async () => !(await find(autoscalers, 'feed', dev)),
    );
  });
});
