import {
  coreKinds,
  type Job,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  workspaceKind,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  pack,
  plan,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { AppSteps, dev, home, sha256 } from '../../__testUtils__/AppSteps';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const repository = 'registry.test:5000/packages';
const tools = `${repository}/rates-desk@${sha256('tools')}`;
const name = 'feed.default.bea';
const namespace = home;

const minutesFromNow = (minutes: number) =>
  new Date(Date.now() + minutes * 60_000).toISOString();

function workspace(changes: Partial<Workspace['spec']> = {}): Workspace {
  const { apiVersion, kind } = workspaceKind;
  return {
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec: {
      app: 'feed',
      environment: 'dev',
      owner: 'user:default/bea',
      cpu: '500m',
      memory: '512Mi',
      storage: '1Gi',
      idleMinutes: 30,
      startedAt: new Date().toISOString(),
      ...changes,
    },
  };
}

integration('workspaces on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let olga: KubeClient;
  const { workspaces } = resources;
  const jobs = () => world.admin.resource(coreKinds.jobs);
  const pods = () => world.admin.resource(coreKinds.pods);
  const claims = () => world.admin.resource(coreKinds.persistentVolumeClaims);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    olga = world.as('user:default/olga', 'group:default/rates');
    const steps = new AppSteps(world, bea);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(
      runtimeImages({
        'bailiwick.python': 'registry.test/bailiwick/python:1',
        packages: repository,
        'packages.insecure': 'true',
      }),
    );
    await world.giveTenant(tenant('rates-desk'));
    await steps.writeBundle('feed', '3f9c1e2', 'code');
    await resources.apps(bea).create(app('feed', home));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  const reaches = (phase: string, why = '') =>
    eventually(`The workspace is ${phase} (${why})`, async () => {
      const found = await workspaces(world.admin).get(name, { namespace });
      const matches =
        found.status?.phase === phase && (found.status.why ?? '').includes(why);
      // The message of a timeout contains it.
      if (!matches) throw new Error(JSON.stringify(found.status));
      return found;
    });

  const currentJob = (without?: string) =>
    eventually('A Job of the workspace', async () => {
      const all = await jobs().list({
        namespace: dev,
        labelSelector: `bailiwick.dev/workspace=${name}`,
      });
      return all.find(
        ({ metadata }) =>
          metadata.uid !== without && !metadata.deletionTimestamp,
      );
    });

  const currentClaim = () =>
    eventually('A volume of the workspace', async () => {
      const all = await claims().list({
        namespace: dev,
        labelSelector: `bailiwick.dev/workspace=${name}`,
      });
      return all.find(({ metadata }) => !metadata.deletionTimestamp);
    });

  const areGone = (what: string, type: 'jobs' | 'claims') =>
    eventually(what, async () => {
      const all = await (type === 'jobs' ? jobs() : claims()).list({
        namespace: dev,
        labelSelector: `bailiwick.dev/workspace=${name}`,
      });
      return all.length === 0;
    });

  const change = (who: KubeClient, spec: Partial<Workspace['spec']>) =>
    workspaces(who).patch(name, { spec }, { namespace });

  /** Without a kubelet, nothing else would end the pod. */
  async function end(job: Job): Promise<void> {
    const { name: pod } = await eventually('A pod of the Job', async () => {
      const [one] = await pods().list({
        namespace: dev,
        labelSelector: `batch.kubernetes.io/job-name=${job.metadata.name}`,
      });
      return one?.metadata;
    });
    const terminated = {
      exitCode: 0,
      finishedAt: new Date().toISOString(),
    };
    await pods().patchStatus(
      pod,
      {
        phase: 'Succeeded',
        containerStatuses: [
          {
            name: 'workspace',
            image: 'registry.test/bailiwick/python:1',
            imageID: '',
            ready: false,
            restartCount: 0,
            state: { terminated },
          },
        ],
      },
      { namespace: dev },
    );
  }

  it('isolation/78 are created by people for themselves, under one name', async () => {
    const create = (of: Workspace) => () => workspaces(bea).create(of);
    await expect(
      create(workspace({ owner: 'user:default/olga' })),
    ).rejects.toThrow('You can create and start a workspace only for yourself');
    const other = workspace();
    other.metadata.name = 'feed';
    await expect(create(other)).rejects.toThrow(
      'The name of this workspace must be feed.default.bea',
    );
    await expect(create(workspace({ idleMinutes: 0 }))).rejects.toThrow(
      /idleMinutes/,
    );
    await expect(
      workspaces(world.as('user:default/vic')).create(workspace()),
    ).rejects.toThrow(/forbidden/);
  });

  it('wait until JupyterLab is installed, as packages are', async () => {
    await workspaces(bea).create(workspace());
    await reaches('Pending', 'JupyterLab is being installed.');
    const all = await resources.builds(world.admin).list({ namespace });
    expect(all).toHaveLength(1);
    expect(all[0].spec).toMatchObject({
      app: 'feed',
      file: 'requirements.txt',
      content: expect.stringMatching(/^jupyterlab==\d/),
      allow: ['jupyterlab'],
    });
    await resources
      .builds(world.admin)
      .patchStatus(
        all[0].metadata.name,
        { phase: 'Succeeded', artifact: tools, packages: [] },
        { namespace },
      );
  });

  it('have a pod with the tools, a volume and the limits of their owner', async () => {
    const job = await currentJob();
    expect(job.metadata.name).toMatch(/^workspace\.default\.bea\.[0-9a-f]{8}$/);
    const { spec } = job.spec!.template as { spec: any };
    const [container] = spec.containers;
    expect(container.args.slice(0, 3)).toEqual([
      'workspace',
      '--folder',
      '/home/workspace',
    ]);
    expect(container.resources).toMatchObject({
      limits: { cpu: '500m', memory: '512Mi' },
      requests: { memory: '512Mi' },
    });
    expect(spec.volumes).toContainEqual({
      name: 'tools',
      image: { reference: tools, pullPolicy: 'IfNotPresent' },
    });
    expect(spec.automountServiceAccountToken).toBe(false);
    const claim = await currentClaim();
    expect(claim.spec?.resources?.requests).toEqual({ storage: '1Gi' });
    await eventually('A pod is admitted', async () => {
      const all = await pods().list({
        namespace: dev,
        labelSelector: `bailiwick.dev/workspace=${name}`,
      });
      return all[0];
    });
    await reaches('Starting');
  });

  it('are no pods of the app for its Service and its Deployment', async () => {
    const [pod] = await pods().list({
      namespace: dev,
      labelSelector: `bailiwick.dev/workspace=${name}`,
    });
    expect(pod.metadata.labels).toMatchObject({
      'app.kubernetes.io/name': 'feed',
    });
    expect(pod.metadata.labels).not.toHaveProperty('bailiwick.dev/app');
  });

  it('stop when they were idle, and start again with the same files', async () => {
    const job = await currentJob();
    const before = await currentClaim();
    await end(job);
    const { status } = await reaches('Stopped', 'No activity for 30 minutes.');
    expect(status?.ended).toMatchObject({ reason: 'idle' });
    await areGone('Its Job is deleted', 'jobs');
    await change(bea, { startedAt: new Date().toISOString() });
    const next = await currentJob(job.metadata.uid);
    expect(next.metadata.name).not.toBe(job.metadata.name);
    const claim = await currentClaim();
    expect(claim.metadata.uid).toBe(before.metadata.uid);
  });

  it('say why they failed', async () => {
    const { metadata } = await currentJob();
    await jobs().patch(
      metadata.name,
      { spec: { activeDeadlineSeconds: 1 } },
      { namespace: dev },
    );
    const { status } = await reaches('Failed', 'longer than specified');
    expect(status?.ended).toMatchObject({ reason: 'failed' });
    await areGone('Its Job is deleted', 'jobs');
  });

  it('are stopped by owners of the tenant, who cannot start them', async () => {
    await change(bea, { startedAt: new Date().toISOString() });
    await currentJob();
    await expect(
      change(olga, { startedAt: minutesFromNow(1) }),
    ).rejects.toThrow('You can create and start a workspace only for yourself');
    await change(olga, { stoppedAt: minutesFromNow(1) });
    await reaches('Stopped');
    await areGone('Its Job is deleted', 'jobs');
  });

  it('keep app, environment, owner and storage', async () => {
    await expect(change(bea, { storage: '2Gi' })).rejects.toThrow(
      "App, environment, owner and storage of a workspace can't be changed",
    );
  });

  it('stop when their environment becomes protected, and say so', async () => {
    await change(bea, { startedAt: minutesFromNow(2) });
    await currentJob();
    const protect = (isProtected: boolean) =>
      resources.tenants(world.admin).patch('rates-desk', {
        spec: {
          environments: [
            { name: 'dev', cluster: 'local', protected: isProtected },
            { name: 'prod', cluster: 'local', protected: true },
          ],
        },
      });
    await protect(true);
    await reaches('Failed', 'Environment dev is protected');
    await areGone('Its Job is deleted', 'jobs');
    await protect(false);
    await currentJob();
    await reaches('Starting');
  });

  it('keep running when their app has a problem', async () => {
    const { metadata } = await currentJob();
    const apps = resources.apps(bea);
    const { spec } = await apps.get('feed', { namespace });
    const broken = { source: { ...spec.source, revision: 'ffffff1' } };
    await apps.patch('feed', { spec: broken }, { namespace });
    await change(bea, { idleMinutes: 31 });
    await reaches('Starting');
    expect((await currentJob()).metadata.uid).toBe(metadata.uid);
    await apps.patch('feed', { spec: { source: spec.source } }, { namespace });
  });

  it('are deleted with their files thirty days after they stopped', async () => {
    await change(bea, { stoppedAt: minutesFromNow(3) });
    const { status } = await reaches('Stopped');
    expect(status?.stoppedAt).toBeDefined();
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);
    await world.stopOperator();
    world.startOperator(() => days(29));
    await eventually(
      'The operator is ready',
      async () => world.isOperatorReady,
    );
    await change(bea, { idleMinutes: 32 });
    await reaches('Stopped');
    await world.stopOperator();
    world.startOperator(() => days(31));
    await eventually(
      'It is deleted',
      async () => !(await find(workspaces(world.admin), name, namespace)),
    );
    await areGone('Its volume is deleted', 'claims');
    await world.stopOperator();
    world.startOperator();
  });

  it('are cleaned up if they were deleted while no operator ran', async () => {
    await workspaces(bea).create(workspace());
    await currentJob();
    await world.stopOperator();
    await workspaces(bea).delete(name, { namespace });
    world.startOperator();
    await areGone('Its Job is deleted', 'jobs');
    await areGone('Its volume is deleted', 'claims');
  });

  it('end with their app', async () => {
    await workspaces(bea).create(workspace());
    await currentJob();
    await resources.apps(bea).delete('feed', { namespace });
    await areGone('Its Job is deleted', 'jobs');
    await areGone('Its volume is deleted', 'claims');
    expect(await find(workspaces(world.admin), name, namespace)).toBeFalsy();
  });
});
