import {
  coreKinds,
  type KubeApiError,
  type ResourceClient,
} from '@bailiwick/backstage-kube-controller';
import {
  appKind,
  environmentNamespace,
  homeNamespace,
  planKind,
  tenantKind,
  type App,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { app as appObject, plan } from '@bailiwick/backstage-testing/objects';
import { FaultBench, pause } from '@bailiwick/backstage-testing/world';
import { refuseDeployments, serveRefusals } from './scenario/admission';
import { mutations } from './scenario/mutations';
import { isWrite } from '@bailiwick/backstage-testing/proxy';
import { secondCommit } from '@bailiwick/backstage-testing/people';
import { violationsOf } from './scenario';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(400_000);

/** Returns the status of a write: 200, or that of the refusal. */
function statusOf(write: Promise<unknown>): Promise<number> {
  return write.then(
    () => 200,
    (error: KubeApiError) => error.status,
  );
}

/** Waits until the operator has seen a change, and reverts it. */
async function recover<T extends App | Tenant>(
  change: string,
  resource: ResourceClient<T>,
  name: string,
  spec: T['spec'],
  namespace?: string,
): Promise<void> {
  await eventually(`${change} is seen`, async () => {
    const { metadata, status } = await resource.get(name, { namespace });
    return status?.observedGeneration === metadata.generation;
  });
  await eventually(`${change} is taken back`, async () => {
    const live = await resource.get(name, { namespace });
    return resource.replace({ ...live, spec });
  });
}

integration('an operator that is refused', () => {
  let bench: FaultBench;
  const apps = () => bench.admin.resource<App>(appKind);
  const plans = () => bench.admin.resource<Plan>(planKind);

  /** Waits until the status of an app contains a text. */
  const says = (tenant: string, name: string, words: RegExp) =>
    eventually(`${name} says ${words}`, async () => {
      const { status } = await apps().get(name, {
        namespace: homeNamespace(tenant),
      });
      const [environment] = status?.environments ?? [];
      return words.test(`${environment?.why} ${environment?.next}`);
    });

  /** Attempts to write in a namespace within some milliseconds. */
  async function attemptsWithin(milliseconds: number, namespace: string) {
    const start = bench.proxy.passages.length;
    await pause(milliseconds);
    return bench.proxy.passages
      .slice(start)
      .filter(one => isWrite(one) && one.namespace === namespace).length;
  }

  beforeAll(async () => {
    bench = await FaultBench.start();
    await bench.keepStill();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench?.stop());

  it('operator/30 reports the reached limit, and continues after it is raised', async () => {
    const { perEnvironment } = plan('tight').spec;
    await plans().create(
      plan('tight', { perEnvironment: { ...perEnvironment, apps: 1 } }),
    );
    const tenant = 'limited';
    await bench.people.createTenant(tenant, { plan: 'tight' });
    await bench.settle(tenant, 60);
    await bench.people.createApp(tenant, 'first');
    await bench.settle(tenant);
    const isHome = await bench.people
      .createApp(tenant, 'second')
      .then(() => false)
      .catch((error: KubeApiError) => /quota/.test(error.message));
    if (!isHome) await says(tenant, 'second', /quota|limit/i);
    expect(await attemptsWithin(3000, `${tenant}--dev`)).toBeLessThan(20);
    await plans().patch('tight', {
      spec: { perEnvironment: { ...perEnvironment, apps: 3 } },
    });
    if (isHome)
      await eventually('The quota is raised', () =>
        bench.people.createApp(tenant, 'second').then(() => true),
      );
    await bench.settle(tenant, 60);
    // Containers larger than the plan allows.
    await plans().patch('tight', {
      spec: {
        perEnvironment: { maxContainer: { cpu: '200m', memory: '256Mi' } },
      },
    });
    await pause(1000);
    await bench.people.run(tenant, 'first', secondCommit);
    await says(tenant, 'first', /maximum cpu usage|200m|limit/i);
    await plans().patch('tight', {
      spec: { perEnvironment: { maxContainer: perEnvironment.maxContainer } },
    });
  });

  it('operator/31 repeats the messages of policies and webhooks', async () => {
    const tenant = await bench.giveTenant('refused');
    const dev = `${tenant}--dev`;
    const lift = await refuseDeployments(bench.admin, dev);
    await bench.people.createApp(tenant, 'prices');
    await says(tenant, 'prices', /not on a Friday/);
    expect(await attemptsWithin(3000, dev)).toBeLessThan(40);
    await lift();
    await bench.settle(tenant, 40);

    const webhook = await serveRefusals(bench, dev);
    await bench.people.run(tenant, 'prices', secondCommit);
    await says(tenant, 'prices', /the change board is away/);
    await webhook.goDown();
    await bench.people.scale(tenant, 'prices', 2);
    await says(tenant, 'prices', /failed calling webhook/);
    await webhook.remove();
    await bench.settle(tenant, 60);
    expect(bench.operator.isRunning).toBe(true);
  });

  it('operator/32 accepts or rejects any value, and recovers from it', async () => {
    const tenant = await bench.giveTenant('mutated', 'prices');
    const namespace = homeNamespace(tenant);
    const { pid } = bench.operator;
    const { spec } = await apps().get('prices', { namespace });
    const counts: Record<number, number> = {};
    const changes = await mutations(bench.admin, 'apps.bailiwick.dev', spec);
    expect(changes.length).toBeGreaterThan(60);
    for (const { path, body } of changes) {
      const status = await statusOf(
        apps().patch('prices', body, { namespace }),
      );
      counts[status] = (counts[status] ?? 0) + 1;
      if (status === 200)
        await recover(path, apps(), 'prices', spec, namespace);
    }
    await bench.settle(tenant);
    expect(Object.keys(counts)).toEqual(['200', '422']);
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(10);
    const tenants = bench.admin.resource<Tenant>(tenantKind);
    const { spec: wanted } = await tenants.get(tenant);
    const ofTenant = await mutations(
      bench.admin,
      'tenants.bailiwick.dev',
      wanted,
    );
    const answers = new Set<number>();
    for (const { path, body } of ofTenant) {
      // Deleting a namespace is not a mutation to recover from at once.
      if (path.startsWith('environments')) continue;
      const status = await statusOf(tenants.patch(tenant, body));
      answers.add(status);
      if (status === 200) await recover(path, tenants, tenant, wanted);
    }
    await bench.settle(tenant);
    expect([...answers].sort()).toEqual([200, 422]);
    expect(bench.operator.pid).toBe(pid);
    expect(bench.operator.isRunning).toBe(true);
  });

  it('operator/33 creates valid names for all accepted names', async () => {
    const tenant = await bench.giveTenant('names');
    const namespace = homeNamespace(tenant);
    const corpus = [
      'a',
      'a'.repeat(40),
      'a'.repeat(41),
      'a'.repeat(52),
      'a'.repeat(63),
      'a'.repeat(253),
      'with-dash',
      'trailing-',
      '-leading',
      'two--dashes',
      'UPPER',
      'dotted.name',
      'under_score',
      '1digit',
      'ünïcode',
      '日本',
      'x9',
    ];
    const taken: string[] = [];
    const answers = new Set<number>();
    for (const name of corpus) {
      const status = await statusOf(apps().create(appObject(name, namespace)));
      answers.add(status);
      if (status === 200) taken.push(name);
    }
    expect([...answers].sort()).toEqual([200, 422]);
    expect(taken).toEqual(expect.arrayContaining(['a', 'a'.repeat(40), 'x9']));
    for (const name of taken) {
      await bench.people.pushCode(tenant, name, '3f9c1e2');
    }
    await bench.settle(tenant, 40);
    const services = await bench.admin
      .resource(coreKinds.services)
      .list({ namespace: environmentNamespace(tenant, 'dev') });
    expect(services.map(({ metadata }) => metadata.name).sort()).toEqual(
      [...taken].sort(),
    );
    for (const name of ['a--b', 'x'.repeat(41), 'Big', '9lives-', 'a.b'])
      await expect(bench.people.createTenant(name)).rejects.toMatchObject({
        status: 422,
      });
    await expect(
      bench.people.createTenant('fine', {
        environments: [{ name: 'a--b', cluster: 'local', protected: false }],
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('operator/34 keeps working with objects as large as they get', async () => {
    const tenant = await bench.giveTenant('huge', 'prices');
    const namespace = homeNamespace(tenant);
    const text = (bytes: number) => 'x'.repeat(bytes);
    await expect(
      bench.people.edit(tenant, 'prices', { answers: { a: text(1_700_000) } }),
    ).rejects.toMatchObject({
      status: expect.any(Number),
      message: expect.stringMatching(/too large|limit|exceed|at most 200000/i),
    });
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`FIELD_${i}`, text(170)]),
    );
    await bench.people.edit(tenant, 'prices', { answers: many });
    for (let i = 0; i < 30; i += 1)
      await apps().patch(
        'prices',
        { metadata: { annotations: { [`example.org/a${i}`]: text(100) } } },
        { namespace, fieldManager: `somebody-${i}` },
      );
    await bench.people.scale(tenant, 'prices', 3);
    await bench.people.run(tenant, 'prices', secondCommit);
    await bench.settle(tenant);
    const words = text(3000);
    bench.proxy.add({
      verb: 'patch',
      resource: 'deployments',
      fault: { type: 'answer', status: 422, body: { message: words } },
    });
    await bench.people.scale(tenant, 'prices', 2);
    const app = await eventually('The refusal is told', async () => {
      const found = await apps().get('prices', { namespace });
      const [environment] = found.status?.environments ?? [];
      return environment?.why.includes('xxx') ? found : undefined;
    });
    const { conditions = [], environments = [] } = app.status ?? {};
    expect(conditions.length).toBeLessThanOrEqual(4);
    expect(environments[0].why.length).toBeLessThanOrEqual(1100);
    for (const { message } of conditions)
      expect(message.length).toBeLessThanOrEqual(1200);
    bench.proxy.clear();
    await bench.settle(tenant, 40);
  });

  it('operator/O4 to operator/O8 hold for all of it', async () => {
    expect(await bench.stillness()).toEqual([]);
    expect(await violationsOf(bench)).toEqual([]);
  });
});
