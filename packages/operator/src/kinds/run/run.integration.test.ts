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
import { AppSteps, dev, home, sha256 } from '../../__testUtils__/AppSteps';
import { RunSteps } from '../../__testUtils__/RunSteps';
import { packOfShapes, run } from '../../__testUtils__/shapes';
import { find, resources, World } from '../../__testUtils__/World';
import { jobName } from './names';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

/** Returns the name of the run that new code starts. */
const startOf = (name: string, code: string) =>
  `${name}.dev.${sha256(code).slice(7, 17)}`;
const result = { rows: 3, digest: sha256('rows'), inputs: [] };

integration('runs on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  let runs: RunSteps;
  const apps = () => resources.apps(bea);
  const begin = (name: string, changes = {}) =>
    resources.runs(bea).create(run(name, home, changes));
  const cancel = (name: string) =>
    resources
      .runs(bea)
      .patch(name, { spec: { cancelled: true } }, { namespace: home });
  const archetype = (name: string) => ({
    archetype: { pack: 'market', version: '1.0.0', name },
  });

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    runs = new RunSteps(world);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(packOfShapes('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('rates-desk'));
    await steps.writeBundle('flow', '3f9c1e2', 'first');
    await steps.writeBundle('nightly', '3f9c1e2', 'nightly');
    await apps().create(app('flow', home, archetype('dag')));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('name the platform team’s task while nothing creates volumes', async () => {
    const state = await steps.environment('flow', {
      health: 'Failed',
      why: 'the cluster has no default storage class',
    });
    expect(state.next).toContain('is-default-class');
    expect(await runs.runsOf('flow')).toEqual([]);
    await runs.giveStorage();
    await steps.environment('flow', { health: 'Progressing', why: 'Starting' });
    const claim = await world.admin
      .resource(coreKinds.persistentVolumeClaims)
      .get('flow', { namespace: dev });
    expect(claim.spec?.resources?.requests).toEqual({ storage: '1Gi' });
  });

  it('begin with new code by themselves, once, step by step and side by side', async () => {
    const name = startOf('flow', 'first');
    await runs.run(name, 'Running', '0 of 4 steps completed');
    expect(await runs.jobs(name)).toEqual([jobName(name, 1)]);
    await runs.end(jobName(name, 1), 0, result);
    await runs.run(name, 'Running', '1 of 4');
    await eventually('Both sides', async () => {
      const jobs = await runs.jobs(name);
      return jobs.length === 3;
    });
    await runs.end(jobName(name, 3), 0, { ...result, rows: 5 });
    await runs.run(name, 'Running', '2 of 4');
    expect(await runs.jobs(name)).not.toContain(jobName(name, 4));
    await runs.end(jobName(name, 2), 0, result);
    const inputs = [{ step: 'left', digest: sha256('rows') }];
    await runs.job(jobName(name, 4));
    await runs.end(jobName(name, 4), 0, { ...result, inputs });
    const { spec, status } = await runs.run(name, 'Succeeded', 'All 4 steps');
    expect(spec).toMatchObject({ app: 'flow', trigger: 'start' });
    expect(status).toMatchObject({
      commit: '3f9c1e2',
      digest: sha256('first'),
      steps: [
        { name: 'reads', phase: 'Succeeded', rows: 3, digest: sha256('rows') },
        { name: 'left', phase: 'Succeeded' },
        { name: 'right', phase: 'Succeeded', rows: 5 },
        { name: 'summary', phase: 'Succeeded', inputs },
      ],
    });
    expect(await runs.runsOf('flow')).toHaveLength(1);
  });

  it('are pods of the app that do not answer calls', async () => {
    const name = startOf('flow', 'first');
    const [pod] = await world.admin.resource(coreKinds.pods).list({
      namespace: dev,
      labelSelector: `batch.kubernetes.io/job-name=${jobName(name, 1)}`,
    });
    expect(pod.metadata.labels).toMatchObject({
      'app.kubernetes.io/name': 'flow',
    });
    expect(pod.metadata.labels).not.toHaveProperty(['bailiwick.dev/app']);
    const { spec } = pod as unknown as { spec: any };
    expect(spec).toMatchObject({
      restartPolicy: 'Never',
      serviceAccountName: 'flow',
      securityContext: { runAsNonRoot: true },
      affinity: { podAffinity: {} },
    });
    expect(spec.containers[0].args).toEqual(
      expect.arrayContaining(['--function', 'reads', '--run', name]),
    );
  });

  it('are begun by people in their own name only', async () => {
    await expect(
      begin('flow-forged', { requestedBy: 'user:default/tom' }),
    ).rejects.toThrow('You can start a run only in your own name');
    await expect(
      begin('flow-forged', { trigger: 'schedule', requestedBy: undefined }),
    ).rejects.toThrow('You can start a run only in your own name');
    const tom = resources.runs(world.as('user:default/tom'));
    await expect(
      tom.create(run('flow-toms', home, { requestedBy: 'user:default/tom' })),
    ).rejects.toThrow('forbidden');
  });

  it('run one after the other, and stop steps that need a failed one', async () => {
    await begin('flow-monday', { parameters: { day: '$(HOME)' } });
    await runs.run('flow-monday', 'Running');
    await begin('flow-tuesday');
    await runs.run('flow-tuesday', 'Pending', 'Waiting for run flow-monday');
    await runs.end('flow-monday-1', 0, result);
    await runs.fail('flow-monday-2', 'The left side is empty');
    await runs.end('flow-monday-3', 0, result);
    const { status } = await runs.run('flow-monday', 'Failed');
    expect(status?.why).toBe('left: The left side is empty.');
    expect(status?.steps).toMatchObject([
      { phase: 'Succeeded' },
      { phase: 'Failed', why: 'The left side is empty.' },
      { phase: 'Succeeded' },
      { phase: 'Cancelled', why: 'Step left did not succeed.' },
    ]);
    await runs.run('flow-tuesday', 'Running');
  });

  it('end when cancelled, and cannot be changed in another way', async () => {
    const mine = resources.runs(bea);
    const where = { namespace: home };
    await expect(
      mine.patch('flow-tuesday', { spec: { parameters: { day: 1 } } }, where),
    ).rejects.toThrow('A run cannot be changed');
    await cancel('flow-tuesday');
    const { status } = await runs.run('flow-tuesday', 'Cancelled');
    expect(status?.steps?.map(({ phase }) => phase)).toEqual(
      Array(4).fill('Cancelled'),
    );
    await eventually(
      'No Job is left',
      async () => (await runs.jobs('flow-tuesday')).length === 0,
    );
  });

  it('continue after a downtime of the operator, without doing anything twice', async () => {
    await begin('flow-restart');
    await runs.run('flow-restart', 'Running');
    await world.stopOperator();
    const before = await runs.job('flow-restart-1');
    await runs.end('flow-restart-1', 0, result);
    world.startOperator();
    await runs.run('flow-restart', 'Running', '1 of 4');
    const after = await runs.job('flow-restart-1');
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.metadata.generation).toBe(before.metadata.generation);
    await cancel('flow-restart');
    await runs.run('flow-restart', 'Cancelled');
  });

  it('do not change a foreign Job, and report it', async () => {
    await world.admin.resource(coreKinds.jobs).create({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'flow-clash-1', namespace: dev },
      spec: {
        suspend: true,
        template: {
          spec: {
            restartPolicy: 'Never',
            containers: [{ name: 'one', image: 'one' }],
          },
        },
      },
    } as never);
    await begin('flow-clash');
    await runs.run(
      'flow-clash',
      'Pending',
      `The Job ${dev}/flow-clash-1 already exists`,
    );
    const { metadata } = await runs.job('flow-clash-1');
    expect(metadata.labels?.['bailiwick.dev/app']).toBeUndefined();
    await cancel('flow-clash');
    await runs.run('flow-clash', 'Cancelled');
  });

  it('start again with newer code, and cancel the run of older code', async () => {
    await steps.writeBundle('flow', 'aaaaaaa', 'second');
    const to = (revision: string) =>
      apps().patch(
        'flow',
        { spec: { source: { revision } } },
        { namespace: home },
      );
    await to('aaaaaaa');
    await runs.run(startOf('flow', 'second'), 'Running');
    await steps.writeBundle('flow', 'bbbbbbb', 'third');
    await to('bbbbbbb');
    await runs.run(
      startOf('flow', 'second'),
      'Cancelled',
      'Superseded by newer code',
    );
    await runs.run(startOf('flow', 'third'), 'Running');
    // Existing code whose results were deleted starts again under another name.
    await to('aaaaaaa');
    await runs.run(`${startOf('flow', 'second')}.2`, 'Running');
    await runs.end(jobName(`${startOf('flow', 'second')}.2`, 1), 0, result);
  });

  it('explain why they cannot run at all', async () => {
    await begin('flow-nowhere', { environment: 'moon' });
    await runs.run(
      'flow-nowhere',
      'Failed',
      'is not deployed in environment "moon"',
    );
    await begin('nobody-1', { app: 'nobody' });
    await runs.run('nobody-1', 'Failed', 'has no app "nobody"');
  });

  it('start by the clock, one at a time', async () => {
    await apps().create(app('nightly', home, archetype('job')));
    const start = startOf('nightly', 'nightly');
    await runs.run(start, 'Running');
    const clocks = world.admin.resource(coreKinds.cronJobs);
    const clock = await clocks.get('nightly', { namespace: dev });
    expect(clock.spec).toMatchObject({
      schedule: '0 5 1 1 *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      suspend: false,
    });
    await clocks.patch(
      'nightly',
      { spec: { schedule: '* * * * *' } },
      { namespace: dev },
    );
    // It is reset, because its setting differs.
    await eventually('The schedule', async () => {
      const { spec } = await clocks.get('nightly', { namespace: dev });
      return spec?.schedule === '0 5 1 1 *';
    });
    const { jobTemplate } = clock.spec as any;
    await world.admin.resource(coreKinds.jobs).create({
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
    const name = 'nightly.dev.29500000';
    await runs.run(name, 'Pending', `Waiting for run ${start}`);
    expect((await runs.job('nightly-29500000')).spec?.suspend).toBe(true);
    await runs.end(jobName(start, 1), 0, result);
    await runs.run(start, 'Succeeded');
    const { spec } = await runs.run(name, 'Running');
    expect(spec.trigger).toBe('schedule');
    await runs.end('nightly-29500000', 0, result);
    const { status } = await runs.run(name, 'Succeeded');
    expect(status?.steps).toMatchObject([{ name: 'report', rows: 3 }]);
    expect(status?.digest).toBe(sha256('nightly'));
  });

  it('reject settings that the archetype does not have', async () => {
    const set = (parameters: object) =>
      apps().patch(
        'nightly',
        {
          spec: {
            environments: [{ name: 'dev', revision: 'draft', parameters }],
          },
        },
        { namespace: home },
      );
    await set({ days: 0 });
    await steps.environment('nightly', {
      health: 'Failed',
      why: 'The settings in dev are invalid: days must be >= 1.',
    });
    for (const schedule of ['soon', '99 5 * * *']) {
      await set({ schedule });
      await steps.environment('nightly', {
        health: 'Failed',
        why: 'The setting schedule in dev is not a valid schedule of five fields in UTC',
      });
      await set({ days: 0 });
      await steps.environment('nightly', { health: 'Failed', why: 'days' });
    }
    await set({ schedule: '15 6 * * *', days: 3 });
    await eventually('The schedule', async () => {
      const { spec } = await world.admin
        .resource(coreKinds.cronJobs)
        .get('nightly', { namespace: dev });
      return spec?.schedule === '15 6 * * *';
    });
  });

  it('wait while the environment is suspended, which also stops its clock', async () => {
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
    const clocks = world.admin.resource(coreKinds.cronJobs);
    await eventually('The clock stands', async () => {
      const { spec } = await clocks.get('nightly', { namespace: dev });
      return spec?.suspend === true;
    });
    await begin('nightly-later', { app: 'nightly' });
    await runs.run('nightly-later', 'Pending', 'The app is paused in dev');
    await suspend(false);
    await runs.run('nightly-later', 'Running');
    await runs.end('nightly-later-1', 0, result);
    await runs.run('nightly-later', 'Succeeded', 'Succeeded');
  });

  it('write nothing while nothing changes', async () => {
    await world.untilQuiet(5_000);
  });

  it('go with their app, with everything that it had', async () => {
    await apps().delete('nightly', { namespace: home });
    await eventually(
      'The app is gone',
      async () => !(await find(apps(), 'nightly', home)),
      40,
    );
    const left = await Promise.all(
      [
        coreKinds.cronJobs,
        coreKinds.jobs,
        coreKinds.persistentVolumeClaims,
        coreKinds.deployments,
      ].map(type =>
        world.admin.resource(type as typeof coreKinds.jobs).list({
          namespace: dev,
          labelSelector: 'bailiwick.dev/app=nightly',
        }),
      ),
    );
    expect([...left.flat(), ...(await runs.runsOf('nightly'))]).toEqual([]);
  });
});
