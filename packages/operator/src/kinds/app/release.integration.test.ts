import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { setTimeout as pause } from 'node:timers/promises';
import {
  app,
  pack,
  plan,
  release,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import {
  AppSteps,
  dev,
  home,
  podTemplate,
  sha256,
} from '../../__testUtils__/AppSteps';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

integration('releases and drafts on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  const apps = (client: KubeClient) => resources.apps(client);
  const deployments = () => world.admin.resource(coreKinds.deployments);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('rates-desk'));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('run only images of their pack’s runtimes, whatever a release contains', async () => {
    await steps.writeBundle('released', '3f9c1e2', 'code');
    const publish = (number: number, runtime: string) =>
      resources.releases(bea).create(
        release(`released-r${number}`, home, {
          app: 'released',
          number,
          bundle: { digest: sha256('code'), runtime },
        }),
      );
    await publish(1, 'miner.test/coins:1');
    await publish(2, `market-py@${sha256('image')}`);
    const running = (number: number) => [
      { name: 'dev', release: `released-r${number}` },
    ];
    await apps(bea).create(app('released', home, { environments: running(1) }));
    await steps.environment('released', {
      health: 'Failed',
      why: 'The release requires image miner.test/coins:1, which is not a runtime of domain pack market.',
    });
    expect(await find(deployments(), 'released', dev)).toBeUndefined();
    await apps(bea).patch(
      'released',
      { spec: { environments: running(2) } },
      { namespace: home },
    );
    await steps.environment('released', {
      health: 'Progressing',
      why: 'Starting',
    });
    const { spec } = podTemplate(
      await deployments().get('released', { namespace: dev }),
    );
    expect(spec.containers[0].image).toBe(
      `registry.test/bailiwick/python@${sha256('image')}`,
    );
    await apps(bea).delete('released', { namespace: home });
  });

  it('keep a draft that answers when its environment becomes protected, as it is', async () => {
    await steps.writeBundle('kept', '3f9c1e2', 'first');
    await steps.writeBundle('kept', 'ccccccc', 'second');
    await apps(bea).create(app('kept', home));
    const pods = world.admin.resource(coreKinds.pods);
    const pod = await eventually('A pod', async () => {
      const all = await pods.list({
        namespace: dev,
        labelSelector: 'bailiwick.dev/app=kept',
      });
      return all[0];
    });
    // There is no kubelet here that could report it.
    await pods.patchStatus(
      pod.metadata.name,
      { conditions: [{ type: 'Ready', status: 'True' }] },
      { namespace: dev },
    );
    const protect = (isProtected: boolean) =>
      resources.tenants(world.admin).patch('rates-desk', {
        spec: {
          environments: [
            { name: 'dev', cluster: 'local', protected: isProtected },
            { name: 'prod', cluster: 'local', protected: true },
          ],
        },
      });
    await protect(true);
    await steps.environment('kept', {
      health: 'Degraded',
      why: 'The previous draft keeps running without new commits. Environment dev is protected and accepts only releases.',
    });
    const before = await deployments().get('kept', { namespace: dev });
    await apps(bea).patch(
      'kept',
      { spec: { source: { revision: 'ccccccc' } } },
      { namespace: home },
    );
    await pause(2000);
    const after = await deployments().get('kept', { namespace: dev });
    expect(after.metadata.generation).toBe(before.metadata.generation);
    await apps(bea).patch(
      'kept',
      { spec: { environments: [] } },
      { namespace: home },
    );
    await eventually(
      'The draft is withdrawn',
      async () => !(await find(deployments(), 'kept', dev)),
    );
    await apps(bea).delete('kept', { namespace: home });
    await protect(false);
  });

  it('end with their app, and ten minutes after their creation if it does not exist', async () => {
    const releases = resources.releases(world.admin);
    const names = async () =>
      (await releases.list({ namespace: home })).map(
        ({ metadata }) => metadata.name,
      );
    await apps(bea).create(app('present', home, { environments: [] }));
    const publish = (of: string) =>
      resources
        .releases(bea)
        .create(release(`${of}-r1`, home, { app: of, number: 1 }));
    await publish('present');
    await publish('absent');
    await world.stopOperator();
    world.startOperator(() => new Date(Date.now() + 9 * 60_000));
    // Reconciled after all objects that existed when the operator started.
    await apps(bea).create(app('later', home, { environments: [] }));
    await eventually('A later app is reconciled', async () => {
      const { status } = await apps(bea).get('later', { namespace: home });
      return status?.observedGeneration !== undefined;
    });
    expect(await names()).toEqual(
      expect.arrayContaining(['absent-r1', 'present-r1']),
    );
    await world.stopOperator();
    world.startOperator(() => new Date(Date.now() + 11 * 60_000));
    await eventually(
      'The release without an app is deleted',
      async () => !(await names()).includes('absent-r1'),
    );
    expect(await names()).toContain('present-r1');
  });
});
