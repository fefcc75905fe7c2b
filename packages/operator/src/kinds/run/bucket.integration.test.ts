import { coreKinds } from '@bailiwick/backstage-kube-controller';
import type { Connection } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually, nodeAddresses } from '@bailiwick/backstage-testing';
import {
  app,
  bundle,
  plan,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { S3Server } from '@bailiwick/backstage-testing/s3';
import { join } from 'node:path';
import { AppSteps, dev, home } from '../../__testUtils__/AppSteps';
import { packed } from '../../__testUtils__/rollouts/code';
import { RunSteps } from '../../__testUtils__/RunSteps';
import { connection, packOfShapes, run } from '../../__testUtils__/shapes';
import { resources, World } from '../../__testUtils__/World';

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const integration =
  process.env.BAILIWICK_INTEGRATION && asRoot ? describe : describe.skip;
jest.setTimeout(180_000);

const system = 'bailiwick-system';
const runtimeSpec = join(
  import.meta.dirname,
  '../../../../function-runtime/image.json',
);
const revision = '3f9c1e2';

const code = (factor: number) => `"""Report."""


def report(days: int = 1) -> int:
    """A multiple of the days.

    Args:
        days: How many.
    """
    return ${factor} * days
`;

integration('runs with results in a bucket, in running pods', () => {
  let world: World;
  let steps: AppSteps;
  let runs: RunSteps;
  let server: S3Server;

  const pods = () => world.admin.resource(coreKinds.pods);
  const served = async () =>
    (
      await pods().list({
        namespace: dev,
        labelSelector: 'app.kubernetes.io/name=report',
      })
    ).find(
      ({ metadata, status }) =>
        !metadata.deletionTimestamp &&
        status?.conditions?.some(
          ({ status: is, type }) => type === 'Ready' && is === 'True',
        ),
    );
  /** Reads the result through the API server. */
  const read = (body: object = {}) =>
    eventually(
      'The pod responds',
      async () => {
        const pod = await served();
        return (
          pod &&
          world.admin
            .request<{ value: number }>({
              method: 'POST',
              path: `/api/v1/namespaces/${dev}/pods/${pod.metadata.name}:8080/proxy/call/report`,
              body,
            })
            .catch(() => undefined)
        );
      },
      60,
    );
  /** Bundles code as a push does. */
  const push = async (commit: string, factor: number) => {
    const bea = world.as('user:default/bea');
    await bea
      .resource(coreKinds.configMaps)
      .create(bundle('report', home, commit, packed(code(factor))));
    await resources
      .apps(bea)
      .patch(
        'report',
        { spec: { source: { revision: commit } } },
        { namespace: home },
      );
  };

  beforeAll(async () => {
    world = await World.start({ node: true });
    const { admin } = world;
    const bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    runs = new RunSteps(world);
    server = await S3Server.start((await nodeAddresses(admin)).own);
    const image = await world.cluster.loadImage(runtimeSpec);
    await resources.plans(admin).create(plan('small'));
    await resources.packs(admin).create(packOfShapes('market'));
    await admin.resource(coreKinds.configMaps).create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'runtime-images', namespace: system },
      data: { 'bailiwick.python': image },
    });
    await world.giveTenant(tenant('rates-desk'));
    await bea
      .resource(coreKinds.configMaps)
      .create(bundle('report', home, revision, packed(code(2))));
    await admin.resource(coreKinds.secrets).create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'results',
        namespace: system,
        labels: { 'bailiwick.dev/connection': 'true' },
      },
      stringData: {
        accessKeyId: server.accessKeyId,
        secretAccessKey: server.secretAccessKey,
      },
    } as never);
    const spec: Partial<Connection['spec']> = {
      title: 'Results',
      name: 'results',
      pack: undefined,
      s3: {
        bucket: server.bucket,
        region: 'us-east-1',
        prefix: 'company',
        pathStyle: true,
      },
      host: server.host,
      port: server.port,
      tls: false,
      secret: 'results',
      tenants: ['rates-desk'],
      egress: { cidrs: [`${server.host}/32`] },
    };
    await resources.connections(admin).create(connection('results', spec));
    await resources.apps(bea).create(
      app('report', home, {
        archetype: { pack: 'market', version: '1.0.0', name: 'job' },
        results: { connection: 'results' },
      }),
    );
  }, 400_000);
  afterAll(async () => {
    await world?.stop();
    await server?.stop();
  }, 60_000);

  it('need no volume, and are read by run, also in a new pod', async () => {
    const first = await eventually(
      'The run of the new code',
      async () =>
        (
          await runs.runsOf('report')
        ).find(({ status }) => status?.phase === 'Succeeded'),
      120,
    );
    await steps.environment('report', { health: 'Healthy' });
    expect(await read()).toEqual({ value: 2 });
    expect(
      await world.admin
        .resource(coreKinds.persistentVolumeClaims)
        .list({ namespace: dev }),
    ).toEqual([]);
    const { uid } = (
      await resources.apps(world.admin).get('report', { namespace: home })
    ).metadata;
    const prefix = `company/rates-desk/dev/report/${uid}`;
    expect(server.objects(prefix)).toContain('latest');

    await resources
      .runs(world.as('user:default/bea'))
      .create(
        run('report-tried', home, { app: 'report', parameters: { days: 5 } }),
      );
    await runs.run('report-tried', 'Succeeded');
    expect(await read()).toEqual({ value: 2 });
    expect(await read({ asOf: 'report-tried' })).toEqual({ value: 10 });

    await push('ccccccc', 3);
    await eventually(
      'The result of the new code',
      async () => (await read()).value === 3,
      90,
    );
    expect(await read({ asOf: first.metadata.name })).toEqual({ value: 2 });

    const old = await served();
    await pods().delete(old!.metadata.name, { namespace: dev });
    await eventually(
      'Another pod',
      async () => {
        const pod = await served();
        return pod && pod.metadata.name !== old!.metadata.name;
      },
      60,
    );
    expect(await read({ asOf: first.metadata.name })).toEqual({ value: 2 });
    expect(await read({ asOf: 'report-tried' })).toEqual({ value: 10 });

    await resources.apps(world.admin).delete('report', { namespace: home });
    await eventually(
      'No pod',
      async () => (await pods().list({ namespace: dev })).length === 0,
      60,
    );
    expect(server.objects(prefix)).toContain('latest');
  });
});
