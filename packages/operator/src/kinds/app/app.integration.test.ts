import {
  coreKinds,
  type KubeClient,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  pack,
  plan,
  runtimeImages,
  tenant,
  inDays,
} from '@bailiwick/backstage-testing/objects';
import {
  AppSteps,
  dev,
  home,
  podTemplate,
  sha256,
} from '../../__testUtils__/AppSteps';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

integration('apps on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  const apps = (client = world.admin) => resources.apps(client);
  const deployments = () => world.admin.resource(coreKinds.deployments);
  const environment: AppSteps['environment'] = (...asked) =>
    steps.environment(...asked);
  const writeBundle: AppSteps['writeBundle'] = (...bundle) =>
    steps.writeBundle(...bundle);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    await resources.plans(world.admin).create(plan('small'));
    await world.giveTenant(tenant('rates-desk'));
    await apps(bea).create(app('prices', home));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('report missing prerequisites one after the other', async () => {
    await environment('prices', {
      health: 'Progressing',
      why: 'Bundling the code of commit 3f9c1e2',
    });
    await writeBundle('prices', '3f9c1e2', 'first');
    await environment('prices', {
      health: 'Failed',
      why: 'Domain pack "market" is not installed',
    });
    await resources.packs(world.admin).create(pack('market'));
    await environment('prices', {
      health: 'Progressing',
      why: 'Runtime image bailiwick/python is not available yet',
    });
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    const state = await environment('prices', {
      health: 'Progressing',
      why: 'Starting',
    });
    expect(state.pods).toEqual({ ready: 0, desired: 1 });
  });

  it('run locked down', async () => {
    const deployment = await deployments().get('prices', { namespace: dev });
    expect(deployment).toMatchObject({
      metadata: {
        labels: {
          'bailiwick.dev/tenant': 'rates-desk',
          'bailiwick.dev/environment': 'dev',
          'bailiwick.dev/app': 'prices',
          'app.kubernetes.io/managed-by': 'bailiwick',
        },
      },
      spec: {
        replicas: 1,
        revisionHistoryLimit: 3,
        strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      },
    });
    const { spec } = podTemplate(deployment);
    expect(spec).toMatchObject({
      serviceAccountName: 'prices',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    // The nodes of this cluster report no user namespaces.
    expect(spec.securityContext.runAsUser).toBeGreaterThanOrEqual(1e9);
    expect(spec.containers).toHaveLength(1);
    expect(spec.containers[0]).toMatchObject({
      image: 'registry.test/bailiwick/python:1',
      imagePullPolicy: 'IfNotPresent',
      args: ['--bundle', '/bundle/bundle.tar.gz', '--port', '8080'],
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      },
      resources: {
        requests: { cpu: '100m', memory: '128Mi' },
        limits: { cpu: '500m', memory: '512Mi' },
      },
    });
    const env = Object.fromEntries(
      spec.containers[0].env.map(
        ({ name, value }: { name: string; value: string }) => [name, value],
      ),
    );
    expect(env).toMatchObject({
      BAILIWICK_LIMIT_SECONDS: '30',
      BAILIWICK_LIMIT_ROWS: '1000',
      BAILIWICK_LIMIT_CONCURRENCY: '4',
    });
  });

  it('pass Pod Security and the limits: a pod is created', async () => {
    await eventually('A pod', async () => {
      const pods = await world.admin
        .resource(coreKinds.pods)
        .list({ namespace: dev });
      return pods.length === 1;
    });
  });

  it('are reached only from the gateway', async () => {
    const policy = await world.admin
      .resource(coreKinds.networkPolicies)
      .get('prices', { namespace: dev });
    expect(policy).toMatchObject({
      spec: {
        podSelector: { matchLabels: { 'bailiwick.dev/app': 'prices' } },
        ingress: [
          {
            from: [
              {
                namespaceSelector: {
                  matchLabels: {
                    'kubernetes.io/metadata.name': 'bailiwick-system',
                  },
                },
              },
            ],
            ports: [{ port: 8080, protocol: 'TCP' }],
          },
        ],
      },
    });
  });

  it('get a new bundle with a new commit, as an immutable copy', async () => {
    await writeBundle('prices', 'aaaaaaa', 'second');
    await apps(bea).patch(
      'prices',
      { spec: { source: { revision: 'aaaaaaa' } } },
      { namespace: home },
    );
    const copy = `prices-${sha256('second').slice(7, 19)}`;
    await eventually('The new code', async () => {
      const { spec } = podTemplate(
        await deployments().get('prices', { namespace: dev }),
      );
      return spec.volumes.some(
        ({ configMap }: { configMap?: { name: string } }) =>
          configMap?.name === copy,
      );
    });
    const found = await world.admin
      .resource(coreKinds.configMaps)
      .get(copy, { namespace: dev });
    expect(found).toMatchObject({
      immutable: true,
      binaryData: { 'bundle.tar.gz': Buffer.from('second').toString('base64') },
    });
  });

  it('refuse a bundle that does not have the digest it names', async () => {
    await writeBundle('prices', 'bbbbbbb', 'third', sha256('something else'));
    await apps(bea).patch(
      'prices',
      { spec: { source: { revision: 'bbbbbbb' } } },
      { namespace: home },
    );
    await environment('prices', {
      health: 'Failed',
      why: 'does not match its digest',
    });
    await apps(bea).patch(
      'prices',
      { spec: { source: { revision: 'aaaaaaa' } } },
      { namespace: home },
    );
    await environment('prices', { health: 'Progressing', why: 'Starting' });
  });

  it('can be suspended', async () => {
    await apps(bea).patch(
      'prices',
      {
        spec: {
          environments: [{ name: 'dev', revision: 'draft', suspended: true }],
        },
      },
      { namespace: home },
    );
    await environment('prices', { health: 'Suspended' });
    await eventually('No pods', async () => {
      const { spec } = await deployments().get('prices', { namespace: dev });
      return spec?.replicas === 0;
    });
  });

  it('never overwrite foreign objects', async () => {
    const foreign = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'clash', namespace: dev },
      spec: { ports: [{ port: 1 }], selector: { theirs: 'yes' } },
    };
    await world.admin.resource(coreKinds.services).create(foreign);
    await writeBundle('clash', '3f9c1e2', 'code');
    await apps(bea).create(app('clash', home));
    await environment('clash', {
      health: 'Failed',
      why: `The Service ${dev}/clash already exists`,
    });
    const service = await world.admin
      .resource(coreKinds.services)
      .get('clash', { namespace: dev });
    expect(service.spec?.selector).toEqual({ theirs: 'yes' });
  });

  it('name the environment that the tenant does not have', async () => {
    await apps(bea).create(
      app('lost', home, {
        environments: [{ name: 'moon', revision: 'draft' }],
      }),
    );
    await environment('lost', {
      health: 'Failed',
      why: 'Tenant rates-desk has no environment "moon"',
    });
  });

  it('report an exhausted quota in plain words', async () => {
    const perEnvironment = { ...plan('small').spec.perEnvironment, cpu: '50m' };
    await resources
      .plans(world.admin)
      .patch('small', { spec: { perEnvironment } });
    await eventually('A small quota', async () => {
      const quota = await world.admin
        .resource(coreKinds.resourceQuotas)
        .get('bailiwick', { namespace: dev });
      return quota.status?.hard?.['requests.cpu'] === '50m';
    });
    await writeBundle('hungry', '3f9c1e2', 'code');
    await apps(bea).create(app('hungry', home));
    await environment('hungry', {
      health: 'Failed',
      why: 'The quota is used up: 0 CPU of 50m CPU used, 100m CPU more needed.',
    });
  });

  it('write nothing while nothing changes', async () => {
    await world.untilQuiet(5_000);
  });

  it('delete their objects when an environment is removed', async () => {
    await apps(bea).patch(
      'hungry',
      { spec: { environments: [] } },
      { namespace: home },
    );
    const isGone = async () => !(await find(deployments(), 'hungry', dev));
    await eventually('No Deployment', isGone);
  });

  it('delete all objects when they are deleted, including bundles and grants', async () => {
    const grant = {
      apiVersion: 'bailiwick.dev/v1alpha1',
      kind: 'Grant',
      metadata: { name: 'bea-api', namespace: home },
      spec: {
        app: 'prices',
        environment: 'dev',
        subject: 'user:default/bea',
        membership: 'user:default/bea',
        client: 'api',
        expiresAt: inDays(90),
        tokenHash: sha256('token'),
      },
    };
    const grants = {
      apiVersion: grant.apiVersion,
      kind: 'Grant',
      plural: 'grants',
      scope: 'Namespaced' as const,
    };
    await bea.resource<KubeObject>(grants).create(grant);
    await apps(bea).delete('prices', { namespace: home });
    const isGone = async () => !(await find(apps(), 'prices', home));
    await eventually('The app is gone', isGone);
    const left = await Promise.all(
      [
        coreKinds.deployments,
        coreKinds.services,
        coreKinds.serviceAccounts,
        coreKinds.networkPolicies,
      ].map(type =>
        world.admin
          .resource<KubeObject>(type)
          .list({ namespace: dev, labelSelector: 'bailiwick.dev/app=prices' }),
      ),
    );
    expect(left.flat()).toEqual([]);
    expect(
      await world.admin.resource<KubeObject>(grants).list({ namespace: home }),
    ).toEqual([]);
    const bundles = await world.admin
      .resource(coreKinds.configMaps)
      .list({ namespace: home });
    expect(
      bundles.filter(({ metadata }) => metadata.name.startsWith('prices-')),
    ).toEqual([]);
  });

  it('leave nothing behind in environments, also when they went past their finalizer', async () => {
    const accounts = world.admin.resource(coreKinds.serviceAccounts);
    await accounts.create({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        name: 'vanished',
        namespace: dev,
        labels: {
          'app.kubernetes.io/managed-by': 'bailiwick',
          'bailiwick.dev/tenant': 'rates-desk',
          'bailiwick.dev/app': 'vanished',
        },
        annotations: { 'bailiwick.dev/desired-hash': '0' },
      },
    });
    const isGone = async () => !(await find(accounts, 'vanished', dev));
    await eventually('It is gone', isGone);
  });
});
