import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  buildKind,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { release } from '@bailiwick/backstage-testing/objects';
import {
  AppSteps,
  dev,
  home,
  podTemplate,
  sha256,
} from '../../__testUtils__/AppSteps';
import { BuildSteps } from '../../__testUtils__/BuildSteps';
import { find, resources, World } from '../../__testUtils__/World';
import { buildsNamespace } from '../../names';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const repository = 'registry.test:5000/packages';
const artifact = `${repository}/rates-desk@${sha256('image')}`;

integration('builds of packages on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  let work: BuildSteps;
  const { builds } = resources;
  const jobs = () => world.admin.resource(coreKinds.jobs);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    work = new BuildSteps(world, bea);
    await work.prepare();
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  /** Without a kubelet, nothing else would end them. */
  async function succeed({ metadata: { name } }: Build, image?: string) {
    const finishedAt = '2026-11-28T12:00:00Z';
    await builds(world.admin).patchStatus(
      name,
      { phase: 'Succeeded', artifact: image, packages: [], finishedAt },
      { namespace: home },
    );
  }

  it('wait for a registry, and then run in the namespace of builds', async () => {
    await work.requires('feed', 'polars\n');
    await steps.environment('feed', {
      health: 'Failed',
      why: 'This installation has no registry for packages.',
    });
    await world.admin
      .resource(coreKinds.configMaps)
      .patch(
        'runtime-images',
        { data: { packages: repository, 'packages.insecure': 'true' } },
        { namespace: 'bailiwick-system' },
      );
    await steps.environment('feed', {
      health: 'Progressing',
      why: 'Packages are being installed.',
    });
    const build = await work.buildOf('feed');
    expect(build.spec).toEqual({
      app: 'feed',
      commit: '3f9c1e2',
      runtime: 'registry.test/bailiwick/python:1',
      file: 'requirements.txt',
      content: 'polars\n',
      allow: ['polars', 'scikit-*'],
    });
    const job = await work.jobOf(build);
    const { spec } = job.spec!.template as { spec: any };
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.containers[0].args).toEqual([
      'build',
      '--file',
      'requirements.txt',
      '--allow',
      'polars,scikit-*',
      '--repository',
      `${repository}/rates-desk`,
      '--insecure',
      '--credentials',
      '/registry/.dockerconfigjson',
    ]);
    const deployments = world.admin.resource(coreKinds.deployments);
    expect(await find(deployments, 'feed', dev)).toBeUndefined();
  });

  it('of a tenant run one after the other', async () => {
    const first = await work.buildOf('feed');
    await work.requires('second', 'polars>=1\n');
    const second = await work.inPhase('second', 'Pending');
    expect(second.status?.why).toBe('Waiting for 1 build.');
    await steps.environment('second', {
      health: 'Progressing',
      why: 'Waiting for 1 build.',
    });
    await succeed(first, artifact);
    await work.jobOf(second);
    await eventually(
      'The job of the first build is deleted',
      async () =>
        !(await find(jobs(), `build-${first.metadata.uid}`, buildsNamespace)),
    );
  });

  it('give their image to the pods', async () => {
    const deployment = await eventually('A Deployment', () =>
      find(world.admin.resource(coreKinds.deployments), 'feed', dev),
    );
    const { spec } = podTemplate(deployment);
    expect(spec.volumes).toContainEqual({
      name: 'packages',
      image: { reference: artifact, pullPolicy: 'IfNotPresent' },
    });
    expect(spec.containers[0].volumeMounts).toContainEqual({
      name: 'packages',
      mountPath: '/packages',
      readOnly: true,
    });
    expect(spec.containers[0].env).toEqual(
      expect.arrayContaining([
        { name: 'BAILIWICK_PACKAGES_FOLDER', value: '/packages' },
        { name: 'BAILIWICK_PACKAGES', value: '["polars","scikit-*"]' },
      ]),
    );
    await eventually('A pod of it is admitted', async () => {
      const pods = await world.admin.resource(coreKinds.pods).list({
        namespace: dev,
        labelSelector: 'bailiwick.dev/app=feed',
      });
      return pods.length > 0;
    });
  });

  it('are recorded in releases with their advisories, which keep them', async () => {
    const advisory = {
      id: 'PYSEC-1',
      package: 'polars',
      version: '1.0',
      severity: '',
      summary: 'Reads too much.',
      fixed: '1.1',
    };
    const asOf = '2026-11-20T10:00:00Z';
    await builds(world.admin).patchStatus(
      (
        await work.buildOf('feed')
      ).metadata.name,
      { advisories: { asOf, count: 1, found: [advisory] } },
      { namespace: home },
    );
    await resources.releases(bea).create(
      release('feed-r1', home, {
        app: 'feed',
        number: 1,
        commit: '3f9c1e2',
        bundle: {
          digest: sha256('feed'),
          runtime: 'registry.test/bailiwick/python:1',
          packages: sha256('polars\n'),
        },
      }),
    );
    const releases = resources.releases(world.admin);
    await eventually('The packages are recorded', async () => {
      const { status } = await releases.get('feed-r1', { namespace: home });
      return status?.packages === artifact;
    });
    const { status } = await releases.get('feed-r1', { namespace: home });
    expect(status?.evidence).toEqual([
      {
        check: 'advisories',
        verdict: 'Failed',
        detail:
          '1 advisory for the packages: PYSEC-1 (polars 1.0, fixed in 1.1). Advisory database as of 2026-11-20.',
        at: expect.any(String),
      },
    ]);
    const other = `${repository}/rates-desk@${sha256('other')}`;
    await expect(
      releases.patchStatus('feed-r1', { packages: other }, { namespace: home }),
    ).rejects.toThrow("The packages of a release can't be changed");
  });

  it.each([
    `${repository}/rates-desk:latest`,
    `${repository}/other-desk@${sha256('image')}`,
    `miner.test/coins@${sha256('image')}`,
  ])('are the only image volumes of pods: %s is refused', async reference => {
    const { spec } = podTemplate(
      await world.admin
        .resource(coreKinds.deployments)
        .get('feed', { namespace: dev }),
    );
    const volumes = spec.volumes.map(({ image, ...volume }: any) => ({
      ...volume,
      ...(image && { image: { reference } }),
    }));
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'volume', namespace: dev },
      spec: { ...spec, volumes },
    };
    await expect(
      world.admin.resource(coreKinds.pods).create(pod),
    ).rejects.toThrow(
      `The image volume ${reference} does not contain packages of this tenant`,
    );
  });

  it('that fail are reported, and repeated when someone deletes them', async () => {
    const build = await work.buildOf('second');
    const job = await work.jobOf(build);
    await jobs().patch(
      job.metadata.name,
      { spec: { activeDeadlineSeconds: 1 } },
      { namespace: buildsNamespace },
    );
    await steps.environment('second', {
      health: 'Failed',
      why: "Packages can't be installed: The build ended without a result: Job was active longer than specified deadline.",
    });
    await expect(
      builds(world.as('user:default/vic')).delete(build.metadata.name, {
        namespace: home,
      }),
    ).rejects.toThrow(/forbidden/);
    await builds(bea).delete(build.metadata.name, { namespace: home });
    const again = await work.buildOf('second', build.metadata.uid);
    expect(again.metadata.name).toBe(build.metadata.name);
    await work.jobOf(again);
  });

  it('cannot be written by members', async () => {
    const { metadata, spec } = await work.buildOf('feed');
    const forged = { ...metadata, name: 'feed-forged', uid: undefined };
    const { apiVersion, kind } = buildKind;
    await expect(
      builds(bea).create({
        apiVersion,
        kind,
        metadata: { name: forged.name, namespace: home },
        spec,
      }),
    ).rejects.toThrow(/forbidden/);
    await expect(
      builds(bea).patchStatus(
        metadata.name,
        { artifact: 'x' },
        { namespace: home },
      ),
    ).rejects.toThrow(/forbidden/);
    await expect(
      builds(world.admin).patch(
        metadata.name,
        { spec: { content: 'other' } },
        { namespace: home },
      ),
    ).rejects.toThrow("A build can't be changed");
  });

  it('need the content that the commit declares', async () => {
    await work.requires('lying', 'polars\n', sha256('something else'));
    await steps.environment('lying', {
      health: 'Failed',
      why: 'The packages in code bundle lying-3f9c1e2 do not match their digest.',
    });
  });

  it('are compared with the advisories of a database that the platform configures', async () => {
    const reference = 'registry.test:5000/advisories:2026-11-28';
    await world.admin
      .resource(coreKinds.configMaps)
      .patch(
        'runtime-images',
        { data: { 'packages.advisories': reference } },
        { namespace: 'bailiwick-system' },
      );
    const second = await work.buildOf('second');
    await builds(bea).delete(second.metadata.name, { namespace: home });
    const job = await work.jobOf(
      await work.buildOf('second', second.metadata.uid),
    );
    const { spec } = job.spec!.template as { spec: any };
    expect(spec.volumes).toContainEqual({
      name: 'advisories',
      image: { reference, pullPolicy: 'IfNotPresent' },
    });
    expect(spec.containers[0].volumeMounts).toContainEqual({
      name: 'advisories',
      mountPath: '/advisories',
      readOnly: true,
    });
    expect(spec.containers[0].env).toContainEqual({
      name: 'BAILIWICK_ADVISORIES',
      value: '/advisories',
    });
  });

  it('end with their app', async () => {
    await resources.apps(bea).delete('feed', { namespace: home });
    await eventually('The builds are deleted', async () => {
      const all = await builds(world.admin).list({ namespace: home });
      return all.every(({ spec }) => spec.app !== 'feed');
    });
  });
});
