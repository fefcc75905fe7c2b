import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { Connection } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  plan,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { AppSteps, dev, home, podTemplate } from '../../__testUtils__/AppSteps';
import { RunSteps } from '../../__testUtils__/RunSteps';
import { connection, packOfShapes } from '../../__testUtils__/shapes';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const bucket: Partial<Connection['spec']> = {
  title: 'Results',
  name: 'archive',
  pack: undefined,
  s3: {
    bucket: 'results',
    region: 'eu-central-1',
    prefix: 'company',
    pathStyle: true,
  },
  host: 's3.example',
  port: 443,
  secret: 'archive',
  egress: { cidrs: ['10.30.0.5/32'] },
};

integration('apps with results in a bucket, on a simulated node', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  const connections = () => resources.connections(world.admin);
  const claims = () => world.admin.resource(coreKinds.persistentVolumeClaims);
  const template = async (name: string) =>
    podTemplate(
      await world.admin
        .resource(coreKinds.deployments)
        .get(name, { namespace: dev }),
    ).spec;
  const egress = async (name: string) =>
    (
      (await find(
        world.admin.resource(coreKinds.networkPolicies),
        `${name}.connections`,
        dev,
      )) as any
    )?.spec.egress;
  const setResults = (name: string, results: object | null, client = bea) =>
    resources
      .apps(client)
      .patch(name, { spec: { results } }, { namespace: home });
  const archetype = (name: string) => ({
    archetype: { pack: 'market', version: '1.0.0', name },
  });
  /** Returns the variables of the store in each container. */
  const told = async (name: string): Promise<Record<string, string>[]> =>
    (await template(name)).containers.map(({ env }: any) =>
      Object.fromEntries(
        env
          .filter((one: any) => one.name.startsWith('BAILIWICK_STORE'))
          .map((one: any) => [one.name, one.value]),
      ),
    );

  beforeAll(async () => {
    world = await World.start({ simulatedNode: true });
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    const runs = new RunSteps(world);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(packOfShapes('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await runs.giveStorage();
    await runs.giveVolumes(1);
    await world.giveTenant(tenant('rates-desk'));
    await world.admin.resource(coreKinds.secrets).create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'archive',
        namespace: 'bailiwick-system',
        labels: { 'bailiwick.dev/connection': 'true' },
      },
      data: { accessKeyId: 'dGVzdA==', secretAccessKey: 'dGVzdA==' },
    });
    await steps.writeBundle('nightly', '3f9c1e2', 'nightly');
    await steps.writeBundle('plant', '3f9c1e2', 'plant');
    await resources.apps(bea).create(
      app('nightly', home, {
        ...archetype('job'),
        results: { connection: 'archive' },
      }),
    );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('say why they cannot use a connection, until they can', async () => {
    const isRefused = (reason: string) =>
      steps.environment('nightly', {
        health: 'Failed',
        why: `Connection "archive" for results ${reason}.`,
      });
    await isRefused('does not exist');
    await connections().create(
      connection('archive', { ...bucket, tenants: ['other'] }),
    );
    await isRefused('is not available to tenant rates-desk in environment dev');
    expect(await claims().list({ namespace: dev })).toEqual([]);
    await connections().patch('archive', {
      spec: { tenants: ['rates-desk'] },
    });
    await steps.environment('nightly', { health: 'Healthy' });
  });

  it('reach the bucket alone, and need neither a volume nor a common node', async () => {
    const { uid } = (
      await resources.apps(bea).get('nightly', { namespace: home })
    ).metadata;
    expect(await told('nightly')).toEqual([
      {
        BAILIWICK_STORE: `s3://results/company/rates-desk/dev/nightly/${uid}`,
        BAILIWICK_STORED: 'report',
        BAILIWICK_STORE_S3: JSON.stringify({
          host: 's3.example',
          port: 443,
          tls: true,
          region: 'eu-central-1',
          pathStyle: true,
        }),
        BAILIWICK_STORE_SECRET: '/results-connection',
      },
    ]);
    const { affinity, containers, volumes } = await template('nightly');
    expect(affinity).toBeUndefined();
    expect(volumes.map(({ name }: any) => name)).toEqual([
      'bundle',
      'tmp',
      'connection-0',
    ]);
    expect(containers[0].volumeMounts).toContainEqual({
      name: 'connection-0',
      mountPath: '/results-connection',
      readOnly: true,
    });
    expect(await egress('nightly')).toEqual([
      {
        to: [{ ipBlock: { cidr: '10.30.0.5/32' } }],
        ports: [{ protocol: 'TCP', port: 443 }],
      },
    ]);
    expect(await claims().list({ namespace: dev })).toEqual([]);
  });

  it('use it for consumers beside a connection of the same name', async () => {
    await connections().create(connection('broker'));
    await resources.apps(bea).create(
      app('plant', home, {
        ...archetype('mqtt'),
        results: { connection: 'archive' },
      }),
    );
    await steps.environment('plant', { health: 'Healthy' });
    const [server, consumer] = await told('plant');
    expect(server).toEqual(consumer);
    expect(server.BAILIWICK_STORE).toMatch(/^s3:\/\/results\/company\//);
    expect(await egress('plant')).toHaveLength(2);
    expect(await claims().list({ namespace: dev })).toEqual([]);
  });

  it('lose access with the connection, and get it back', async () => {
    await connections().patch('archive', { spec: { environments: ['prod'] } });
    await eventually('The way out is closed', async () => {
      const open = await egress('nightly');
      return open === undefined;
    });
    await steps.environment('nightly', {
      health: 'Degraded',
      why: 'is not available to tenant rates-desk in environment dev',
    });
    await connections().patch('archive', { spec: { environments: null } });
    await steps.environment('nightly', { health: 'Healthy' });
    expect(await egress('nightly')).toHaveLength(1);
  });

  it('keep a volume from before, and use it again', async () => {
    await setResults('nightly', null);
    const claim = await eventually('A claim', () =>
      find(claims(), 'nightly', dev),
    );
    await eventually('The pods use it', async () =>
      JSON.stringify((await template('nightly')).volumes).includes(
        '"claimName":"nightly"',
      ),
    );
    expect(await egress('nightly')).toBeUndefined();
    await setResults('nightly', { connection: 'archive' });
    await eventually(
      'The pods use the bucket',
      async () => !(await template('nightly')).affinity,
    );
    const kept = await find(claims(), 'nightly', dev);
    expect(kept?.metadata.uid).toBe(claim.metadata.uid);
  });

  it('in protected environments are moved by owners alone', async () => {
    await resources.tenants(world.admin).patch('rates-desk', {
      spec: {
        environments: [{ name: 'dev', cluster: 'local', protected: true }],
      },
    });
    await eventually('A builder is refused', async () => {
      // The first change that the policy sees can be any.
      for (const results of [null, { connection: 'archive' }])
        try {
          await setResults('nightly', results);
        } catch (error) {
          return /dev is protected: only owners of the tenant can change where the results/.test(
            (error as Error).message,
          );
        }
      return false;
    });
    const owner = world.as('user:default/rita', 'group:default/rates');
    await setResults('nightly', null, owner);
    await setResults('nightly', { connection: 'archive' }, owner);
  });

  it('lose the volume from before with the environment', async () => {
    expect(await find(claims(), 'nightly', dev)).toBeDefined();
    await resources
      .apps(bea)
      .patch('nightly', { spec: { environments: [] } }, { namespace: home });
    await eventually(
      'No claim',
      async () => !(await find(claims(), 'nightly', dev)),
      60,
    );
  });
});
