import { coreKinds } from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { app, plan, tenant } from '@bailiwick/backstage-testing/objects';
import { AppSteps, dev, home, sha256 } from '../__testUtils__/AppSteps';
import {
  addCluster,
  clusterIs,
  OtherCluster,
} from '../__testUtils__/OtherCluster';
import { RunSteps } from '../__testUtils__/RunSteps';
import { connection, packOfShapes, run } from '../__testUtils__/shapes';
import { find, resources, World } from '../__testUtils__/World';
import { jobName } from '../kinds/run/names';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(120_000);

const result = { rows: 3, digest: sha256('rows') };

integration('runs and schedules on another cluster', () => {
  let world: World;
  let west: OtherCluster;
  let steps: AppSteps;
  let runs: RunSteps;
  const bea = () => world.as('user:default/bea');
  const give = (name: string, archetype: string) =>
    resources.apps(bea()).create(
      app(name, home, {
        archetype: { pack: 'market', version: '1.0.0', name: archetype },
      }),
    );
  const begin = (name: string) =>
    resources.runs(bea()).create(run(name, home, { app: 'flow' }));

  beforeAll(async () => {
    world = await World.start();
    west = await OtherCluster.start();
    await west.prepare();
    steps = new AppSteps(world, bea());
    runs = new RunSteps(world, west);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(packOfShapes('market'));
    await runs.giveStorage();
    await runs.giveVolumes(2);
    await addCluster(world, 'west', await west.kubeconfig());
    await clusterIs(world, 'west', 'Answers');
    await world.giveTenant(
      tenant('rates-desk', {
        environments: [{ name: 'dev', cluster: 'west', protected: false }],
      }),
    );
    await steps.writeBundle('flow', '3f9c1e2', 'flow');
    await steps.writeBundle('plant', '3f9c1e2', 'plant');
  }, 300_000);
  afterAll(async () => {
    await world?.stop();
    await west?.stop();
  }, 60_000);

  it('gets a copy of its connection’s Secret there, which is deleted with the connection', async () => {
    await world.admin.resource(coreKinds.secrets).create({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'plant-login',
        namespace: 'bailiwick-system',
        labels: { 'bailiwick.dev/connection': 'true' },
      },
      data: { password: 'b2xk' },
    });
    const connections = resources.connections(
      world.as('user:default/petra', 'group:default/platform'),
    );
    await connections.create(connection('broker', { secret: 'plant-login' }));
    await give('plant', 'mqtt');
    const copies = () =>
      west.admin.resource(coreKinds.secrets).list({ namespace: dev });
    const [copy] = await eventually('The copy is there', async () => {
      const all = await copies();
      return all.length === 1 ? all : undefined;
    });
    expect(copy).toMatchObject({ immutable: true, data: { password: 'b2xk' } });
    await steps.environment('plant', { health: 'Healthy' });
    await connections.delete('broker');
    await eventually(
      'The copy is gone',
      async () => (await copies()).length === 0,
    );
  });

  it('runs there, and its record is on the hub', async () => {
    await give('flow', 'job');
    const [first] = await eventually('The run of new code', async () => {
      const all = await runs.runsOf('flow');
      return all.length > 0 ? all : undefined;
    });
    const { name } = first.metadata;
    await runs.end(jobName(name, 1), 0, result);
    const { status } = await runs.run(name, 'Succeeded');
    expect(status?.steps).toMatchObject([{ name: 'report', rows: 3 }]);
    const here = world.admin.resource(coreKinds.jobs);
    expect(await here.list()).toEqual([]);
  });

  it('continues when its cluster returns, with the changes made meanwhile', async () => {
    await begin('flow-one');
    await runs.run('flow-one', 'Running');
    const job = jobName('flow-one', 1);
    await runs.job(job);
    const goOn = west.freeze();
    try {
      await clusterIs(world, 'west', 'Unreachable');
      await begin('flow-two');
      const patched = { namespace: home };
      await resources
        .runs(bea())
        .patch('flow-one', { spec: { cancelled: true } }, patched);
      const { status } = await resources.runs(world.admin).get('flow-one', {
        namespace: home,
      });
      expect(status?.phase).toBe('Running');
    } finally {
      goOn();
    }
    await runs.run('flow-one', 'Cancelled');
    await eventually(
      'Its Job is gone',
      async () => !(await find(west.admin.resource(coreKinds.jobs), job, dev)),
      40,
    );
    await runs.run('flow-two', 'Running');
    await runs.end(jobName('flow-two', 1), 0, result);
    await runs.run('flow-two', 'Succeeded');
  });
});
