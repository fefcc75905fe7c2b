import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { app } from '@bailiwick/backstage-testing/objects';
import { AppSteps, dev, home, sha256 } from '../../__testUtils__/AppSteps';
import { RunSteps } from '../../__testUtils__/RunSteps';
import { packOfShapes, run } from '../../__testUtils__/shapes';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

const result = { rows: 3, digest: sha256('rows'), inputs: [] };

integration('runs with changing prerequisites', () => {
  let world: World;
  let bea: KubeClient;
  let runs: RunSteps;
  const apps = () => resources.apps(bea);
  const jobs = () => world.admin.resource(coreKinds.jobs);
  const begin = (name: string, changes = {}) =>
    resources.runs(bea).create(run(name, home, changes));
  const cancel = (name: string) =>
    resources
      .runs(bea)
      .patch(name, { spec: { cancelled: true } }, { namespace: home });
  const isGone = (what: string, name: string) =>
    eventually(what, async () => !(await find(jobs(), name, dev)));

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    runs = new RunSteps(world);
    const steps = new AppSteps(world, bea);
    await runs.givePrerequisites();
    for (const [name, shape] of [
      ['flow', 'dag'],
      ['nightly', 'job'],
    ]) {
      await steps.writeBundle(name, '3f9c1e2', name);
      const archetype = { pack: 'market', version: '1.0.0', name: shape };
      await apps().create(app(name, home, { archetype }));
      await runs.run(`${name}.dev.${sha256(name).slice(7, 17)}`, 'Running');
      await cancel(`${name}.dev.${sha256(name).slice(7, 17)}`);
    }
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('lose all Jobs when cancelled before their status lists them', async () => {
    await begin('flow-early');
    await runs.end('flow-early-1', 0, result);
    await runs.job('flow-early-2');
    await runs.job('flow-early-3');
    await runs.run('flow-early', 'Running', '1 of 4');
    await world.stopOperator();
    await resources
      .runs(world.admin)
      .patchStatus(
        'flow-early',
        { phase: 'Pending', steps: null, digest: null, commit: null },
        { namespace: home },
      );
    await cancel('flow-early');
    world.startOperator();
    await runs.run('flow-early', 'Cancelled');
    await isGone('The left side', 'flow-early-2');
    await isGone('The right side', 'flow-early-3');
  });

  it('lose a Job that came after they were over, and all Jobs with themselves', async () => {
    await world.stopOperator();
    const { apiVersion, kind, metadata, spec } = await runs.job('flow-early-1');
    const template: any = spec?.template;
    await jobs().create({
      apiVersion,
      kind,
      metadata: {
        name: 'flow-early-4',
        namespace: dev,
        labels: metadata.labels,
        annotations: metadata.annotations,
      },
      spec: {
        template: {
          metadata: { annotations: template.metadata.annotations },
          spec: template.spec,
        },
      },
    });
    world.startOperator();
    await isGone('The late Job', 'flow-early-4');
    expect(await runs.jobs('flow-early')).toEqual(['flow-early-1']);
    await resources.runs(world.admin).delete('flow-early', { namespace: home });
    await isGone('What had ended', 'flow-early-1');
  });

  it('fail when the steps of the archetype change, and let the next one start', async () => {
    await begin('flow-before');
    await runs.run('flow-before', 'Running');
    await begin('flow-after');
    const { spec } = packOfShapes('market');
    const archetypes = spec.archetypes.map(one =>
      one.name === 'dag' && one.run
        ? { ...one, run: { ...one.run, steps: one.run.steps.slice(0, 2) } }
        : one,
    );
    await resources
      .packs(world.admin)
      .patch('market', { spec: { archetypes } });
    // The operator may have deleted the pod meanwhile, because the pack changed.
    await runs.end('flow-before-1', 0, result).catch(() => {});
    await runs.run(
      'flow-before',
      'Failed',
      'The steps of the archetype changed; start a new run.',
    );
    const { status } = await runs.run('flow-after', 'Running');
    expect(status?.steps?.map(({ name }) => name)).toEqual(['reads', 'left']);
    await cancel('flow-after');
  });

  it('have no pods while the app is suspended, and go on afterwards, also by the clock', async () => {
    const clock = await world.admin
      .resource(coreKinds.cronJobs)
      .get('nightly', { namespace: dev });
    const { jobTemplate } = clock.spec as any;
    const name = 'nightly.dev.29500000';
    await jobs().create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        ...jobTemplate.metadata,
        name: 'nightly-29500000',
        namespace: dev,
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'CronJob',
            name: 'nightly',
            uid: clock.metadata.uid ?? '',
            controller: true,
          },
        ],
      },
      spec: jobTemplate.spec,
    });
    await runs.run(name, 'Running');
    const suspend = (suspended: boolean) =>
      apps().patch(
        'nightly',
        {
          spec: {
            environments: [{ name: 'dev', revision: 'draft', suspended }],
          },
        },
        { namespace: home },
      );
    await suspend(true);
    await runs.run(name, 'Pending', 'The app is paused in dev.');
    await eventually('No pods', async () => {
      const pods = await world.admin.resource(coreKinds.pods).list({
        namespace: dev,
        labelSelector: 'batch.kubernetes.io/job-name=nightly-29500000',
      });
      return pods.every(({ metadata }) => metadata.deletionTimestamp);
    });
    await suspend(false);
    await runs.run(name, 'Running');
    await runs.end('nightly-29500000', 0, result);
    await runs.run(name, 'Succeeded');
  });

  it('leave no Job of the clock with the name of another object', async () => {
    const operator = world.as('bailiwick:operator');
    const taken = run('nightly.dev.29500001', home, { app: 'flow' });
    await resources.runs(operator).create(taken);
    const before = await runs.job('nightly-29500000');
    const clock = before.metadata.ownerReferences?.[0];
    const { jobTemplate } = (
      await world.admin
        .resource(coreKinds.cronJobs)
        .get('nightly', { namespace: dev })
    ).spec as any;
    await jobs().create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        ...jobTemplate.metadata,
        name: 'nightly-29500001',
        namespace: dev,
        ownerReferences: [clock!],
      },
      spec: jobTemplate.spec,
    });
    await isGone('The Job', 'nightly-29500001');
  });

  it.each([
    ['flow.dev.0123456789', {}, 'The name of a run must start with flow-'],
    ['nightly-one', {}, 'The name of a run must start with flow-'],
    ['flow-a--b', {}, 'The name of a run must start with flow-'],
    ['flow-place', { environment: 'dev/x' }, 'must start with a lowercase'],
    [
      'flow-text',
      { parameters: { day: 'x'.repeat(2001) } },
      'spec.parameters can have at most 20 names',
    ],
    [
      'flow-list',
      { parameters: { days: Array(101).fill(1) } },
      'spec.parameters can have',
    ],
    [
      'flow-deep',
      { parameters: { day: { of: 1 } } },
      'spec.parameters can have',
    ],
    [
      'flow-many',
      {
        parameters: Object.fromEntries(
          Array.from({ length: 21 }, (_, index) => [`p${index}`, index]),
        ),
      },
      'spec.parameters can have',
    ],
  ])('are not begun as %s', async (name, changes, message) => {
    await expect(begin(name, changes)).rejects.toThrow(message);
  });

  it('accept texts, numbers, booleans and lists of them', async () => {
    const parameters = {
      day: 'x'.repeat(2000),
      rate: 0.5,
      count: 3,
      dry: true,
      zones: ['BE', 'NL', 1, false],
    };
    const { spec } = await begin('flow-parameters', { parameters });
    expect(spec.parameters).toEqual(parameters);
    await cancel('flow-parameters');
  });

  it('are forgotten after an hour where there is no such app or environment', async () => {
    await begin('nobody-1', { app: 'nobody' });
    await begin('flow-moon', { environment: 'moon' });
    await runs.run('nobody-1', 'Failed', 'has no app "nobody"');
    await runs.run('flow-moon', 'Failed', 'environment "moon"');
    await world.stopOperator();
    world.startOperator(() => new Date(Date.now() + 3_700_000));
    const all = resources.runs(world.admin);
    for (const name of ['nobody-1', 'flow-moon'])
      await eventually(
        `${name} is gone`,
        async () => !(await find(all, name, home)),
      );
    expect(await find(all, 'flow-before', home)).toBeDefined();
  });
});
