import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  plan,
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
import { RunSteps } from '../../__testUtils__/RunSteps';
import { connection, packOfShapes, run } from '../../__testUtils__/shapes';
import { find, resources, World } from '../../__testUtils__/World';
import { jobName } from '../run/names';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const variable = 'BAILIWICK_CONNECTION_BROKER';

integration('apps that keep results, on a simulated node', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  let runs: RunSteps;
  const archetype = (name: string) => ({
    archetype: { pack: 'market', version: '1.0.0', name },
  });
  const platform = () =>
    world.as('user:default/petra', 'group:default/platform');
  const connections = () => resources.connections(platform());
  const secrets = () => world.admin.resource(coreKinds.secrets);
  const template = async (name = 'plant') => {
    const deployment = await world.admin
      .resource(coreKinds.deployments)
      .get(name, { namespace: dev });
    return podTemplate(deployment).spec;
  };
  /** Returns the broker settings of the app's containers; containers without settings are omitted. */
  const told = async (): Promise<string[]> =>
    (await template()).containers.flatMap(({ env }: any) =>
      env.flatMap(({ name, value }: any) => (name === variable ? value : [])),
    );
  const leadsTo = (host: string) =>
    eventually(`The connection leads to ${host}`, async () => {
      const all = await told();
      return (
        all.length === 2 && all.every(one => JSON.parse(one).host === host)
      );
    });
  const login = (password: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'plant-login',
      namespace: 'bailiwick-system',
      labels: { 'bailiwick.dev/connection': 'true' },
    },
    data: { password },
  });
  const copies = async () =>
    (await secrets().list({ namespace: dev })).map(
      ({ metadata }) => metadata.name,
    );

  beforeAll(async () => {
    world = await World.start({ simulatedNode: true });
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    runs = new RunSteps(world);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(packOfShapes('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await runs.giveStorage();
    await runs.giveVolumes(2);
    await world.giveTenant(tenant('rates-desk'));
    await connections().create(
      connection('of-others', { tenants: ['other'], host: 'others.example' }),
    );
    await steps.writeBundle('plant', '3f9c1e2', 'plant');
    await steps.writeBundle('nightly', '3f9c1e2', 'nightly');
    await resources.apps(bea).create(
      app('plant', home, {
        ...archetype('mqtt'),
        environments: [
          { name: 'dev', revision: 'draft', replicas: { min: 2, max: 4 } },
        ],
      }),
    );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('run on sample messages without a connection, and use none of another tenant', async () => {
    const state = await steps.environment('plant', {
      health: 'Healthy',
      why: 'No connection to Plant broker is configured; the app shows sample messages.',
    });
    expect(state.pods).toEqual({ ready: 1, desired: 1 });
    expect(await told()).toEqual([]);
    const policies = world.admin.resource(coreKinds.networkPolicies);
    expect(await find(policies, 'plant.connections', dev)).toBeUndefined();
  });

  it('have one pod with a consumer that writes the data that the app reads', async () => {
    const deployment = await world.admin
      .resource(coreKinds.deployments)
      .get('plant', { namespace: dev });
    expect(deployment.spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
    const [server, consumer] = (await template()).containers;
    expect(consumer).toMatchObject({
      name: 'consumer',
      image: server.image,
      resources: server.resources,
      securityContext: server.securityContext,
      args: expect.arrayContaining(['consume', '--topics', '["plant/#"]']),
    });
    const store = (readOnly?: boolean) =>
      expect.arrayContaining([
        expect.objectContaining({
          name: 'store',
          mountPath: '/store',
          ...(readOnly && { readOnly }),
        }),
      ]);
    expect(server.volumeMounts).toEqual(store(true));
    expect(consumer.volumeMounts).toEqual(store());
    expect(server.env).toEqual(
      expect.arrayContaining([
        { name: 'BAILIWICK_STORED', value: 'telemetry' },
        { name: 'BAILIWICK_SETTINGS', value: '{"topics":["plant/#"]}' },
      ]),
    );
  });

  it('use the connection that is created for them, and reach its address', async () => {
    await connections().create(connection('for-all'));
    await leadsTo('broker.example');
    await connections().create(
      connection('for-us', {
        tenants: ['rates-desk'],
        host: 'ours.example',
        egress: { namespace: 'brokers' },
      }),
    );
    await leadsTo('ours.example');
    const policy = await world.admin
      .resource(coreKinds.networkPolicies)
      .get('plant.connections', { namespace: dev });
    expect(policy).toMatchObject({
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'plant' } },
        policyTypes: ['Egress'],
        egress: [
          {
            to: [
              {
                namespaceSelector: {
                  matchLabels: { 'kubernetes.io/metadata.name': 'brokers' },
                },
              },
            ],
            ports: [{ protocol: 'TCP', port: 8883 }],
          },
        ],
      },
    });
    await steps.environment('plant', {
      health: 'Healthy',
      why: 'The pod is ready.',
    });
  });

  it('get no copy of a Secret that is not meant for connections', async () => {
    const { metadata, ...rest } = login('b2xk');
    const { name, namespace } = metadata;
    await secrets().create({ ...rest, metadata: { name, namespace } });
    await connections().patch('for-us', { spec: { secret: name } });
    await steps.environment('plant', {
      health: 'Degraded',
      why: 'for-us does not exist or lacks the label bailiwick.dev/connection=true',
    });
    expect(await copies()).toEqual([]);
    await secrets().patch(
      name,
      { metadata: { labels: metadata.labels } },
      { namespace },
    );
    await steps.environment('plant', { health: 'Healthy' });
    expect(await copies()).toHaveLength(1);
    await secrets().delete(name, { namespace });
  });

  it('get a copy of its Secret, and another one when that changes', async () => {
    const system = { namespace: 'bailiwick-system' };
    await connections().patch('for-us', { spec: { secret: 'plant-login' } });
    await steps.environment('plant', {
      health: 'Degraded',
      why: 'Secret bailiwick-system/plant-login of connection for-us does not exist',
    });
    await secrets().create(login('b2xk'));
    const [first] = await eventually('A copy', async () => {
      const all = await copies();
      return all.length === 1 ? all : undefined;
    });
    expect(first).toMatch(/^plant\.broker\.[0-9a-f]{10}\.\d+$/);
    await steps.environment('plant', {
      health: 'Healthy',
      why: 'The pod is ready.',
    });
    expect((await template()).volumes).toContainEqual({
      name: 'connection-0',
      secret: { secretName: first, defaultMode: 0o440 },
    });
    await secrets().patch(
      'plant-login',
      { data: { password: 'bmV3' } },
      system,
    );
    const second = await eventually('The other copy alone', async () => {
      const all = await copies();
      return all.length === 1 && all[0] !== first ? all[0] : undefined;
    });
    const copy = await secrets().get(second, { namespace: dev });
    expect(copy).toMatchObject({ immutable: true, data: { password: 'bmV3' } });
  });

  it('get new copies when their account is recreated, because the old ones are deleted', async () => {
    const [old] = await copies();
    const accounts = world.admin.resource(coreKinds.serviceAccounts);
    await eventually('The account names this copy alone', async () => {
      const { metadata } = await accounts.get('plant', { namespace: dev });
      return metadata.annotations?.['bailiwick.dev/secrets'] === old;
    });
    await steps.environment('plant', { health: 'Healthy' });
    await accounts.delete('plant', { namespace: dev });
    // The garbage collector pauses while it learns new kinds.
    const made = await eventually(
      'The other copy alone',
      async () => {
        const all = await copies();
        return all.length === 1 && all[0] !== old ? all[0] : undefined;
      },
      60,
    );
    await eventually('The pods use it', async () =>
      JSON.stringify((await template()).volumes).includes(made),
    );
    await steps.environment('plant', { health: 'Healthy' });
    expect(await copies()).toEqual([made]);
  });

  describe('that are Failed by their own settings', () => {
    const set = (parameters: object) =>
      resources.apps(bea).patch(
        'plant',
        {
          spec: {
            environments: [{ name: 'dev', revision: 'draft', parameters }],
          },
        },
        { namespace: home },
      );
    const isClosed = () =>
      eventually('The way out is closed, and the copy gone', async () => {
        const policies = world.admin.resource(coreKinds.networkPolicies);
        const policy = await find(policies, 'plant.connections', dev);
        return !policy && (await copies()).length === 0;
      });
    const isOpen = () =>
      eventually('The app is well', async () => {
        await steps.environment('plant', { health: 'Healthy' });
        return (await copies()).length === 1;
      });

    beforeEach(async () => {
      await set({ topics: ['plant/#'] });
      await isOpen();
      await set({ topics: [] });
      await steps.environment('plant', {
        health: 'Degraded',
        why: 'Setting topics in dev is not a list of topics',
      });
    });
    afterAll(() => set({ topics: ['plant/#'] }));

    it('lose a connection that is taken from their tenant', async () => {
      const allow = (name: string, tenants: string[] | null) =>
        connections().patch(name, { spec: { tenants } });
      await allow('for-all', ['other']);
      await allow('for-us', ['other']);
      await isClosed();
      await allow('for-us', ['rates-desk']);
      await allow('for-all', null);
    });

    it('lose a connection whose Secret is deleted', async () => {
      const system = { namespace: 'bailiwick-system' };
      await secrets().delete('plant-login', system);
      await isClosed();
      await secrets().create(login('bmV3'));
    });
  });

  it('lose the copy with the connection, or with the app', async () => {
    await connections().delete('for-us');
    await leadsTo('broker.example');
    await eventually('No copy', async () => (await copies()).length === 0);
  });

  it('are degraded when their last run failed, until one succeeds', async () => {
    await resources.apps(bea).create(app('nightly', home, archetype('job')));
    const name = `nightly.dev.${sha256('nightly').slice(7, 17)}`;
    await runs.fail(jobName(name, 1), 'The prices of 20 November are missing');
    await steps.environment('nightly', {
      health: 'Degraded',
      why: 'The last run failed: The prices of 20 November are missing.',
    });
    const again = run('nightly-again', home, { app: 'nightly' });
    await resources.runs(bea).create(again);
    await runs.end('nightly-again-1', 0, {
      rows: 1,
      digest: sha256('1'),
      inputs: [],
    });
    await steps.environment('nightly', {
      health: 'Healthy',
      why: 'The pod is ready.',
    });
  });

  it('report that there is no room for a run, which starts as soon as there is', async () => {
    const quota = (pods: number) =>
      resources.plans(world.admin).patch('small', {
        spec: {
          perEnvironment: { ...plan('small').spec.perEnvironment, pods },
        },
      });
    await quota(2);
    await eventually('A small quota', async () => {
      const { status } = await world.admin
        .resource(coreKinds.resourceQuotas)
        .get('bailiwick', { namespace: dev });
      return status?.hard?.pods === '2';
    });
    const squeezed = run('nightly-squeezed', home, { app: 'nightly' });
    await resources.runs(bea).create(squeezed);
    await runs.run(
      'nightly-squeezed',
      'Pending',
      'Environment dev has no quota for another pod: 2 of 2 pods used',
    );
    expect(await runs.jobs('nightly-squeezed')).toEqual([]);
    await quota(20);
    await runs.run('nightly-squeezed', 'Running');
  });

  it('lose everything with their tenant', async () => {
    await resources.tenants(world.admin).delete('rates-desk');
    await eventually(
      'The tenant is gone',
      async () => !(await find(resources.tenants(world.admin), 'rates-desk')),
      90,
    );
    const left = await world.admin.resource(coreKinds.namespaces).list();
    expect(
      left.filter(({ metadata }) => metadata.name.startsWith('rates-desk--')),
    ).toEqual([]);
  });
});
