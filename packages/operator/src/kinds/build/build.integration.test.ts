import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  buildKind,
  type Build,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  bundle,
  pack,
  plan,
  release,
  runtimeImages,
  tenant,
  withPackages,
} from '@bailiwick/backstage-testing/objects';
import {
  AppSteps,
  dev,
  home,
  podTemplate,
  sha256,
} from '../../__testUtils__/AppSteps';
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
  const { builds } = resources;
  const jobs = () => world.admin.resource(coreKinds.jobs);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    await resources.plans(world.admin).create(plan('small'));
    const market = pack('market');
    market.spec.packages = { allow: ['polars', 'scikit-*'] };
    await resources.packs(world.admin).create(market);
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('rates-desk'));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  async function requires(name: string, content: string, digest?: string) {
    const code = bundle(name, home, '3f9c1e2', name);
    await bea
      .resource(coreKinds.configMaps)
      .create(withPackages(code, content, digest));
    await resources.apps(bea).create(app(name, home));
  }

  const buildOf = (name: string, without?: string) =>
    eventually(`${name} has a build`, async () => {
      const all = await builds(world.admin).list({ namespace: home });
      return all.find(
        ({ metadata, spec, status }) =>
          spec.app === name && status && metadata.uid !== without,
      );
    });

  const jobOf = (build: Build) =>
    eventually(`${build.metadata.name} has a job`, () =>
      find(jobs(), `build-${build.metadata.uid}`, buildsNamespace),
    );

  const inPhase = (name: string, phase: string) =>
    eventually(`The build of ${name} is ${phase}`, async () => {
      const build = await buildOf(name);
      return build.status?.phase === phase ? build : undefined;
    });

  const patch = (who: KubeClient, name: string, change: object) =>
    builds(who).patch(name, change, { namespace: home });

  const cancel = (
    { metadata }: Build,
    who = bea,
    cancelledBy = 'user:default/bea',
  ) => patch(who, metadata.name, { spec: { cancelledBy } });

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
    await requires('feed', 'polars\n');
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
    const build = await buildOf('feed');
    expect(build.spec).toEqual({
      app: 'feed',
      commit: '3f9c1e2',
      runtime: 'registry.test/bailiwick/python:1',
      file: 'requirements.txt',
      content: 'polars\n',
      allow: ['polars', 'scikit-*'],
    });
    const job = await jobOf(build);
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
    const first = await buildOf('feed');
    await requires('second', 'polars>=1\n');
    const second = await inPhase('second', 'Pending');
    expect(second.status?.why).toBe('Waiting for 1 build.');
    await steps.environment('second', {
      health: 'Progressing',
      why: 'Waiting for 1 build.',
    });
    await succeed(first, artifact);
    await jobOf(second);
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

  it('are recorded in releases, which keep them', async () => {
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
    const build = await buildOf('second');
    const job = await jobOf(build);
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
    const again = await buildOf('second', build.metadata.uid);
    expect(again.metadata.name).toBe(build.metadata.name);
    await jobOf(again);
  });

  it('cannot be written by members', async () => {
    const { metadata, spec } = await buildOf('feed');
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

  it('that someone cancels end with a record, and make room for others', async () => {
    const second = await buildOf('second');
    await requires('third', 'polars>=2\n');
    const third = await inPhase('third', 'Pending');
    expect(third.status?.why).toBe('Waiting for 1 build.');
    await cancel(second);
    const { status } = await inPhase('second', 'Cancelled');
    expect(status).toMatchObject({
      why: 'The build was cancelled by user:default/bea.',
      startedAt: expect.any(String),
      finishedAt: expect.any(String),
    });
    const { next } = await steps.environment('second', {
      health: 'Failed',
      why: "Packages can't be installed: The build was cancelled by user:default/bea.",
    });
    expect(next).toBe('On the Builds tab of the app, choose Build again.');
    await jobOf(third);
    await eventually(
      'The job of the cancelled build is deleted',
      async () =>
        !(await find(jobs(), `build-${second.metadata.uid}`, buildsNamespace)),
    );
  });

  it('are cancelled by builders in their own name, until they end', async () => {
    const third = await buildOf('third');
    await expect(cancel(third, world.as('user:default/vic'))).rejects.toThrow(
      /forbidden/,
    );
    await expect(cancel(third, bea, 'user:default/olga')).rejects.toThrow(
      'spec.cancelledBy must be user:default/bea',
    );
    await expect(cancel(await buildOf('feed'))).rejects.toThrow(
      /Build feed-\w+ has already ended \(Succeeded\)/,
    );
    const { metadata } = await buildOf('second');
    await expect(
      patch(bea, metadata.name, { spec: { cancelledBy: null } }),
    ).rejects.toThrow("The cancellation of a build can't be undone");
    const annotations = { 'bailiwick.dev/tools': 'jupyterlab' };
    await expect(
      patch(bea, metadata.name, { metadata: { annotations } }),
    ).rejects.toThrow('Labels and annotations of a build cannot be changed');
  });

  it('are cancelled, even if they end before the operator notices', async () => {
    const third = await inPhase('third', 'Running');
    const job = await jobOf(third);
    await world.stopOperator();
    await cancel(third);
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
    await inPhase('third', 'Cancelled');
  });

  it('that were cancelled can be repeated', async () => {
    const third = await buildOf('third');
    await builds(bea).delete(third.metadata.name, { namespace: home });
    await jobOf(await buildOf('third', third.metadata.uid));
  });

  it('need the content that the commit declares', async () => {
    await requires('lying', 'polars\n', sha256('something else'));
    await steps.environment('lying', {
      health: 'Failed',
      why: 'The packages in code bundle lying-3f9c1e2 do not match their digest.',
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
