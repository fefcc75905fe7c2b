import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { bundle } from '@bailiwick/backstage-testing/objects';
import { AppSteps, home } from '../../__testUtils__/AppSteps';
import { BuildSteps } from '../../__testUtils__/BuildSteps';
import { find, resources, World } from '../../__testUtils__/World';
import { buildsNamespace } from '../../names';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

integration('builds on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  let work: BuildSteps;
  const { builds } = resources;
  const namespace = home;
  const jobs = () => world.admin.resource(coreKinds.jobs);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    work = new BuildSteps(world, bea);
    await work.prepare({
      packages: 'registry.test:5000/packages',
      'packages.insecure': 'true',
    });
    await work.requires('first', 'polars\n');
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('that someone cancels end with a record, and make room for others', async () => {
    const first = await work.buildOf('first');
    await work.requires('second', 'polars>=2\n');
    const second = await work.inPhase('second', 'Pending');
    expect(second.status?.why).toBe('Waiting for 1 build.');
    await work.cancel(first);
    const { status } = await work.inPhase('first', 'Cancelled');
    expect(status).toMatchObject({
      why: 'The build was cancelled by user:default/bea.',
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
    });
    const { next } = await steps.environment('first', {
      health: 'Failed',
      why: "Packages can't be installed: The build was cancelled by user:default/bea.",
    });
    expect(next).toBe('On the Builds tab of the app, choose Build again.');
    await work.jobOf(second);
    await eventually(
      'The job of the cancelled build is deleted',
      async () =>
        !(await find(jobs(), `build-${first.metadata.uid}`, buildsNamespace)),
    );
  });

  it('are cancelled by builders in their own name, for good', async () => {
    const second = await work.buildOf('second');
    await expect(
      work.cancel(second, world.as('user:default/vic')),
    ).rejects.toThrow(/forbidden/);
    await expect(work.cancel(second, bea, 'user:default/olga')).rejects.toThrow(
      'spec.cancelledBy must be user:default/bea',
    );
    const { metadata } = await work.buildOf('first');
    await expect(
      builds(bea).patch(
        metadata.name,
        { spec: { cancelledBy: null } },
        { namespace },
      ),
    ).rejects.toThrow("The cancellation of a build can't be undone");
    const annotations = { 'bailiwick.dev/tools': 'jupyterlab' };
    await expect(
      builds(bea).patch(
        metadata.name,
        { metadata: { annotations } },
        { namespace },
      ),
    ).rejects.toThrow('Labels and annotations of a build cannot be changed');
  });

  it('are cancelled, even if they end before the operator notices', async () => {
    const second = await work.inPhase('second', 'Running');
    const job = await work.jobOf(second);
    await world.stopOperator();
    await work.cancel(second);
    await jobs().patch(
      job.metadata.name,
      { spec: { activeDeadlineSeconds: 1 } },
      { namespace: buildsNamespace },
    );
    await eventually('The job has ended', async () => {
      const { status } = await jobs().get(job.metadata.name, {
        namespace: buildsNamespace,
      });
      return Boolean((status as { conditions?: unknown[] }).conditions?.length);
    });
    world.startOperator();
    await work.inPhase('second', 'Cancelled');
  });

  it('that were cancelled can be repeated', async () => {
    const second = await work.buildOf('second');
    await builds(bea).delete(second.metadata.name, { namespace });
    await work.jobOf(await work.buildOf('second', second.metadata.uid));
  });

  it('that a newer commit replaces end with a record, and begin again if needed', async () => {
    const replaced = await work.inPhase('second', 'Running');
    const source = (revision: string) =>
      resources
        .apps(bea)
        .patch('second', { spec: { source: { revision } } } as Partial<App>, {
          namespace,
        });
    await bea
      .resource(coreKinds.configMaps)
      .create(bundle('second', home, '5d2f4a1', 'without packages'));
    await source('5d2f4a1');
    const { status } = await work.inPhase('second', 'Cancelled');
    expect(status).toMatchObject({
      superseded: true,
      why: 'The app no longer needs the build.',
    });
    await source('3f9c1e2');
    const again = await work.buildOf('second', replaced.metadata.uid);
    await work.jobOf(again);
  });

  it('are not cancelled after their end', async () => {
    const second = await work.inPhase('second', 'Running');
    const finishedAt = '2026-11-28T12:00:00Z';
    await builds(world.admin).patchStatus(
      second.metadata.name,
      { phase: 'Succeeded', packages: [], finishedAt },
      { namespace },
    );
    await expect(work.cancel(second)).rejects.toThrow(
      `Build ${second.metadata.name} has already ended (Succeeded)`,
    );
  });
});
