import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import { app, release, tenant } from '@bailiwick/backstage-testing/objects';
import { AppSteps, home, sha256 } from '../../__testUtils__/AppSteps';
import { RunSteps } from '../../__testUtils__/RunSteps';
import { run } from '../../__testUtils__/shapes';
import { resources, World } from '../../__testUtils__/World';
import { jobName } from './names';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

const archetype = { pack: 'market', version: '1.0.0', name: 'dag' };
const prod = 'rates-desk--prod';

integration('limits of runs', () => {
  let world: World;
  let bea: KubeClient;
  let runs: RunSteps;
  const apps = () => resources.apps(world.admin);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    runs = new RunSteps(world);
    const steps = new AppSteps(world, bea);
    await runs.givePrerequisites();
    for (const [commit, code] of [
      ['3f9c1e2', 'code'],
      ['aaaaaaa', 'draft'],
    ])
      await steps.writeBundle('flow', commit, code);
    await apps().create(
      app('flow', home, {
        archetype,
        source: {
          repository: 'rates-desk/flow',
          path: '.',
          revision: 'aaaaaaa',
        },
        environments: [{ name: 'dev', revision: 'draft' }],
      }),
    );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('run only promoted code in a protected environment', async () => {
    const { metadata } = await resources
      .releases(world.admin)
      .create(release('flow-r1', home, { app: 'flow', archetype }));
    const dev = { name: 'dev', revision: 'draft' };
    const there = { name: 'prod', release: 'flow-r1' };
    await apps().patch(
      'flow',
      { spec: { environments: [dev, there] } },
      { namespace: home },
    );
    await resources
      .runs(bea)
      .create(run('flow-early', home, { environment: 'prod' }));
    await runs.run(
      'flow-early',
      'Pending',
      'Environment prod is protected, and release "flow-r1" was not promoted to it.',
    );
    const jobs = world.admin.resource(coreKinds.jobs);
    expect(await jobs.list({ namespace: prod })).toEqual([]);
    await apps().patch(
      'flow',
      {
        spec: { environments: [dev, { ...there, promoted: metadata.uid }] },
      },
      { namespace: home },
    );
    const { status } = await runs.run('flow-early', 'Running');
    expect(status).toMatchObject({
      commit: '3f9c1e2',
      digest: sha256('code'),
    });
    const job = await runs.job('flow-early-1', prod);
    expect(
      job.spec?.template?.metadata?.annotations?.[
        'bailiwick.dev/bundle-digest'
      ],
    ).toBe(sha256('code'));
  });

  it('end where the environment is protected while they run other code', async () => {
    const protect = (isProtected: boolean) =>
      resources.tenants(world.admin).patch('rates-desk', {
        spec: {
          environments: tenant('rates-desk').spec.environments.map(one =>
            one.name === 'prod' ? { ...one, protected: isProtected } : one,
          ),
        },
      });
    const to = (there: object) =>
      apps().patch(
        'flow',
        {
          spec: {
            environments: [
              { name: 'dev', revision: 'draft' },
              { name: 'prod', ...there },
            ],
          },
        },
        { namespace: home },
      );
    const { metadata } = await resources.releases(world.admin).create(
      release('flow-r2', home, {
        app: 'flow',
        archetype,
        commit: 'aaaaaaa',
        bundle: { digest: sha256('draft'), runtime: 'market-py' },
      }),
    );
    await to({ release: 'flow-r2', promoted: metadata.uid });
    await runs.run(
      'flow-early',
      'Cancelled',
      'A different release was promoted.',
    );
    const second = await eventually('The run of its code', async () =>
      (
        await runs.runsOf('flow')
      ).find(
        ({ spec, status }) =>
          spec.environment === 'prod' && status?.digest === sha256('draft'),
      ),
    );
    await resources
      .runs(bea)
      .patch(
        second.metadata.name,
        { spec: { cancelled: true } },
        { namespace: home },
      );
    await runs.run(second.metadata.name, 'Cancelled');
    await protect(false);
    await to({ revision: 'draft' });
    await resources
      .runs(bea)
      .create(run('flow-draft', home, { environment: 'prod' }));
    await runs.run('flow-draft', 'Running');
    await runs.job('flow-draft-1', prod);
    await protect(true);
    await runs.run('flow-draft', 'Cancelled', 'was not promoted to it');
    await eventually('Its Job is gone', async () => {
      const all = await world.admin
        .resource(coreKinds.jobs)
        .list({ namespace: prod });
      return all.every(job => job.metadata.name !== 'flow-draft-1');
    });
  });

  it('stay, but for the oldest', async () => {
    const mine = resources.runs(bea);
    const names = Array.from(
      { length: 24 },
      (_, index) => `flow-many-${index}`,
    );
    for (const name of names) await mine.create(run(name, home));
    for (const name of names)
      await mine.patch(
        name,
        { spec: { cancelled: true } },
        { namespace: home },
      );
    await eventually('Twenty are left', async () => {
      const all = await runs.runsOf('flow');
      const here = all.filter(({ spec }) => spec.environment === 'dev');
      return here.length <= 21;
    });
    const left = (await runs.runsOf('flow')).map(
      ({ metadata }) => metadata.name,
    );
    expect(left).toContain('flow-many-23');
    // What still runs is no record yet.
    expect(left).toContain(`flow.dev.${sha256('draft').slice(7, 17)}`);
  });

  it('begin nothing once their tenant has ended, and go on when it is renewed', async () => {
    const end = (expiresAt: string | null) =>
      resources
        .tenants(world.admin)
        .patch('rates-desk', { spec: { expiresAt } });
    const start = `flow.dev.${sha256('draft').slice(7, 17)}`;
    await runs.end(jobName(start, 1), 0, { rows: 1, digest: sha256('1') });
    await runs.job(jobName(start, 2));
    await runs.job(jobName(start, 3));
    await end(new Date(Date.now() - 1000).toISOString());
    // No pods run, as the tenant's status says.
    await eventually('What ended is left', async () => {
      const left = await runs.jobs(start);
      return left.length === 1 && left[0] === jobName(start, 1);
    });
    await eventually('Nothing runs', async () => {
      const { status } = await runs.run(start, 'Running', 'expired on');
      const phases = status?.steps?.map(({ phase }) => phase).join();
      return phases === 'Succeeded,Pending,Pending,Pending';
    });
    await end(null);
    await runs.run(start, 'Running', '1 of 4');
    expect(await runs.jobs(start)).toEqual(
      [1, 2, 3].map(n => jobName(start, n)),
    );
  });

  it('are not begun in a tenant that is cordoned', async () => {
    await resources.tenants(world.admin).patch('rates-desk', {
      spec: {
        cordon: {
          reason: 'Audit',
          by: 'user:default/petra',
          at: '2026-11-20T10:00:00Z',
        },
      },
    });
    await eventually('Nothing can be begun', () =>
      resources
        .runs(bea)
        .create(run('flow-cordoned', home))
        .then(
          () => false,
          ({ message }: Error) => message.includes('is cordoned'),
        ),
    );
  });
});
