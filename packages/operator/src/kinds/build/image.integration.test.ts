import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type {
  Build,
  Release,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  pack,
  plan,
  release,
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
import { find, resources, World } from '../../__testUtils__/World';
import { buildsNamespace } from '../../names';
import { refusedPods } from './__testUtils__/refusedPods';
import { desiredBuildJob } from './desiredBuildJob';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const repository = 'registry.test:5000/packages';
const runtime = 'localhost/bailiwick/python:1';
const image = `${repository}/rates-desk/feed@${sha256('image')}`;

integration('images of releases on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  const { builds } = resources;
  const namespace = home;
  const configMaps = () => world.admin.resource(coreKinds.configMaps);
  const deployments = () => world.admin.resource(coreKinds.deployments);
  const jobs = () => world.admin.resource(coreKinds.jobs);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(pack('market'));
    await configMaps().create(
      runtimeImages({
        'bailiwick.python': runtime,
        packages: repository,
        'packages.insecure': 'true',
      }),
    );
    await world.giveTenant(tenant('rates-desk'));
    await steps.writeBundle('feed', '3f9c1e2', 'code');
    await resources.apps(bea).create(app('feed', home));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  const publish = (number: number, changes: Partial<Release['spec']> = {}) =>
    resources.releases(bea).create(
      release(`feed-r${number}`, home, {
        app: 'feed',
        number,
        format: 'image',
        bundle: { digest: sha256('code'), runtime },
        ...changes,
      }),
    );

  const deploy = (number: number) =>
    resources.apps(bea).patch(
      'feed',
      {
        spec: { environments: [{ name: 'dev', release: `feed-r${number}` }] },
      },
      { namespace },
    );

  const buildOf = (name: string, phase: string, without?: string) =>
    eventually(`The build for ${name} is ${phase}`, async () => {
      const all = await builds(world.admin).list({ namespace });
      return all.find(
        ({ metadata, spec, status }) =>
          spec.image?.release === name &&
          status?.phase === phase &&
          metadata.uid !== without,
      );
    });

  /** Ends a build, which nothing else does without a kubelet. */
  const end = (
    { metadata: { name } }: Build,
    status: NonNullable<Build['status']>,
  ) =>
    builds(world.admin).patchStatus(
      name,
      { ...status, finishedAt: '2026-11-28T12:00:00Z' },
      { namespace },
    );

  const imageOf = async (name: string) => {
    const { status } = await resources
      .releases(world.admin)
      .get(name, { namespace });
    return status?.image;
  };

  it('need a registry that has the runtime', async () => {
    await publish(1);
    const { status } = await buildOf('feed-r1', 'Failed');
    expect(status?.why).toBe(
      `The runtime image ${runtime} is loaded onto the nodes, and no registry has it.`,
    );
    await deploy(1);
    await steps.environment('feed', {
      health: 'Failed',
      why: `The image of release "feed-r1" can't be built: The runtime image`,
    });
  });

  it('are built from runtime and code in the namespace of builds', async () => {
    await configMaps().patch(
      'runtime-images',
      { data: { 'packages.runtimes': 'registry.test:5000' } },
      { namespace: 'bailiwick-system' },
    );
    const failed = await buildOf('feed-r1', 'Failed');
    await builds(bea).delete(failed.metadata.name, { namespace });
    const build = await buildOf('feed-r1', 'Running', failed.metadata.uid);
    const name = `build-${build.metadata.uid}`;
    const job = await jobs().get(name, { namespace: buildsNamespace });
    const { spec } = job.spec!.template as { spec: any };
    expect(spec.containers[0].image).toBe(runtime);
    expect(spec.containers[0].args).toEqual([
      ...['image', '--base', 'registry.test:5000/bailiwick/python:1'],
      ...['--code', '/code/bundle.tar.gz'],
      ...['--app', 'feed', '--commit', '3f9c1e2', '--tag', 'feed-r1'],
      ...['--key', '/signing/cosign.key'],
      ...['--repository', `${repository}/rates-desk/feed`, '--insecure'],
      ...['--credentials', '/registry/.dockerconfigjson'],
    ]);
    const code = await eventually('The code is there', () =>
      find(configMaps(), name, buildsNamespace),
    );
    expect(code.binaryData).toEqual({
      'bundle.tar.gz': Buffer.from('code').toString('base64'),
    });
    expect(code.metadata.ownerReferences).toMatchObject([
      { kind: 'Job', name, uid: job.metadata.uid },
    ]);
    await steps.environment('feed', {
      health: 'Progressing',
      why: 'The image of release "feed-r1" is being built.',
    });
  });

  it('run without the code of the environment', async () => {
    const build = await buildOf('feed-r1', 'Running');
    await end(build, { phase: 'Succeeded', artifact: image, packages: [] });
    const deployment = await eventually(
      'A Deployment with the image',
      async () => {
        const found = await find(deployments(), 'feed', dev);
        return found && podTemplate(found).spec.containers[0].image === image
          ? found
          : undefined;
      },
    );
    const { spec } = podTemplate(deployment);
    expect(spec.volumes.map(({ name }: { name: string }) => name)).toEqual([
      'tmp',
    ]);
    expect(spec.containers[0].volumeMounts).toHaveLength(1);
    await eventually('A pod of it is admitted', async () => {
      const pods = await world.admin.resource(coreKinds.pods).list({
        namespace: dev,
        labelSelector: 'bailiwick.dev/app=feed',
      });
      return pods.some(
        pod => (pod.spec?.containers[0] as { image?: string }).image === image,
      );
    });
  });

  it('are recorded in releases, which keep them', async () => {
    expect(await imageOf('feed-r1')).toBe(image);
    const releases = resources.releases(world.admin);
    await expect(
      releases.patchStatus(
        'feed-r1',
        { image: `${repository}/rates-desk/feed@${sha256('other')}` },
        { namespace },
      ),
    ).rejects.toThrow("The image of a release can't be changed");
  });

  it.each([
    `${repository}/rates-desk/feed:latest`,
    `${repository}/other-desk/feed@${sha256('image')}`,
    `${repository}/rates-desk-2/feed@${sha256('image')}`,
  ])('of other tenants, and without a digest, are refused: %s', async other => {
    const { spec } = podTemplate(
      await deployments().get('feed', { namespace: dev }),
    );
    const [container] = spec.containers;
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'other', namespace: dev },
      spec: { ...spec, containers: [{ ...container, image: other }] },
    };
    await expect(
      world.admin.resource(coreKinds.pods).create(pod),
    ).rejects.toThrow(`The image ${other} is not from a repository`);
  });

  it('contain the packages of the release', async () => {
    const packages = `${repository}/rates-desk@${sha256('packages')}`;
    const declared = sha256('polars\n');
    await publish(2, {
      bundle: { digest: sha256('code'), runtime, packages: declared },
    });
    await resources
      .releases(world.admin)
      .patchStatus('feed-r2', { packages }, { namespace });
    const build = await buildOf('feed-r2', 'Running');
    expect(build.spec.image).toEqual({
      release: 'feed-r2',
      code: sha256('code'),
      packages,
    });
    await end(build, { phase: 'Failed', why: 'The registry is full.' });
    await deploy(2);
    expect(
      await steps.environment('feed', {
        health: 'Failed',
        why: `The image of release "feed-r2" can't be built: The registry is full.`,
      }),
    ).toMatchObject({ next: 'Publish a release with a code bundle instead.' });
  });

  it('are not built from code that was replaced', async () => {
    await publish(3, { bundle: { digest: sha256('other'), runtime } });
    const { status } = await buildOf('feed-r3', 'Failed');
    expect(status?.why).toBe(
      'The stored code of commit 3f9c1e2 differs from the released code.',
    );
  });

  it('are not built for a release that was deleted', async () => {
    await publish(4);
    await buildOf('feed-r4', 'Running');
    await resources.releases(world.admin).delete('feed-r4', { namespace });
    // A change of the app prunes builds.
    await deploy(1);
    const { status } = await buildOf('feed-r4', 'Cancelled');
    expect(status?.why).toBe('The app no longer needs the build.');
  });

  it('are not built after someone cancelled the build, until it is repeated', async () => {
    await publish(5);
    const build = await buildOf('feed-r5', 'Running');
    const cancelledBy = 'user:default/bea';
    await builds(bea).patch(
      build.metadata.name,
      { spec: { cancelledBy } },
      { namespace },
    );
    await buildOf('feed-r5', 'Cancelled');
    await deploy(5);
    expect(
      await steps.environment('feed', {
        health: 'Failed',
        why: `The image of release "feed-r5" can't be built: The build was cancelled by user:default/bea.`,
      }),
    ).toMatchObject({
      next: 'On the Builds tab of the app, choose Build again.',
    });
    await builds(bea).delete(build.metadata.name, { namespace });
    const repeated = await buildOf('feed-r5', 'Running', build.metadata.uid);
    await end(repeated, { phase: 'Failed', why: 'The registry is full.' });
  });

  describe('with a Dockerfile', () => {
    it('need a builder and user namespaces', async () => {
      await publish(6, { dockerfile: true });
      const refused = await buildOf('feed-r6', 'Failed');
      expect(refused.status?.why).toBe(
        'This installation does not build Dockerfiles.',
      );
      await configMaps().patch(
        'runtime-images',
        { data: { 'packages.builder': 'registry.test:5000/builder:1' } },
        { namespace: 'bailiwick-system' },
      );
      await publish(7, { dockerfile: true });
      const { status } = await buildOf('feed-r7', 'Pending');
      expect(status?.why).toBe('Waiting for a node.');
      const nodes = world.admin.resource(coreKinds.nodes);
      await nodes.create({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'old' },
      });
      await nodes.patchStatus('old', {
        conditions: [{ type: 'Ready', status: 'True' }],
      });
      const { status: ended } = await buildOf('feed-r7', 'Failed');
      expect(ended?.why).toBe(
        'Dockerfiles are built only on nodes that support user namespaces, and a node of this cluster does not.',
      );
    });

    /** Creates the pod of a build with a Dockerfile, after changes of it. */
    const start = async (change: (spec: any) => void) => {
      const { metadata } = await buildOf('feed-r7', 'Failed');
      const spec: Build['spec'] = {
        app: 'feed',
        commit: '3f9c1e2',
        runtime,
        image: {
          release: 'feed-r7',
          code: sha256('code'),
          dockerfile: true,
        },
      };
      const build = { metadata, spec } as Build;
      const job = desiredBuildJob(
        build,
        { path: repository, images: [], insecure: true, builder: runtime },
        { isMapped: true },
      ) as any;
      const { metadata: marks, spec: pod } = structuredClone(job.spec.template);
      change(pod);
      const pods = world.admin.resource(coreKinds.pods);
      const created = await pods.create({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...marks,
          generateName: 'build-',
          namespace: buildsNamespace,
        },
        spec: pod,
      } as any);
      await pods.delete(created.metadata.name, { namespace: buildsNamespace });
    };

    it('run in pods that the policy of the namespace admits', async () => {
      await start(() => {});
    });

    it.each(refusedPods)('do not get %s', async (_, change, refusal) => {
      await expect(start(change)).rejects.toThrow(refusal);
    });
  });
});
