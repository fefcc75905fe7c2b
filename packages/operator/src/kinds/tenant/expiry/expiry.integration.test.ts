import {
  coreKinds,
  type KubeObject,
} from '@bailiwick/backstage-kube-controller';
import {
  findCondition,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  pack,
  plan,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { AppSteps } from '../../../__testUtils__/AppSteps';
import { find, resources, World } from '../../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(90_000);

const hour = 3_600_000;
/** Tomorrow, in whole seconds: the tenant is created at the current time. */
const start = Math.ceil(Date.now() / 1000) * 1000 + 24 * hour;
const at = (days: number) => new Date(start + days * 24 * hour).toISOString();
const name = 'rates-desk';

const ofEnvironment = ['environment 14', 'environment 3', 'environment a'];

interface EndEvent extends KubeObject {
  reason: string;
  note: string;
}

integration('the life of a tenant on a real API server', () => {
  let world: World;
  let time = start;
  let ticks = 0;
  const tenants = () => resources.tenants(world.admin);
  const deployments = () => world.admin.resource(coreKinds.deployments);
  const clock = () => new Date(time);

  /** Advances the time since the beginning by days, and lets the operator reconcile. */
  async function passTo(days: number, hours = 0): Promise<void> {
    time = start + (days * 24 + hours) * hour;
    ticks += 1;
    await tenants().patch(name, {
      metadata: { annotations: { 'test/tick': `${ticks}` } },
    });
  }

  const desk = (what: string, holds: (found: Tenant) => unknown) =>
    eventually(
      what,
      async () => {
        const found = await tenants().get(name);
        return holds(found) ? found : undefined;
      },
      40,
    );
  const replicas = async (environment: string) =>
    (
      await deployments().get('prices', {
        namespace: `${name}--${environment}`,
      })
    ).spec?.replicas;
  const warnings = async (): Promise<string[]> => {
    const found = await world.admin
      .resource<EndEvent>({
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        plural: 'events',
        scope: 'Namespaced',
      })
      .list({ namespace: 'default' });
    return found.flatMap(({ note, reason }) =>
      reason === 'EndsSoon'
        ? /^(\w+).* (a|\d+) days?, on /
            .exec(note)!
            .slice(1)
            .join(' ')
            .toLowerCase()
        : [],
    );
  };
  const warned = async (count: number) => {
    const found = await eventually(`${count} warnings`, async () => {
      const seen = await warnings();
      return seen.length >= count ? seen : undefined;
    });
    return found.sort();
  };
  const protect = async (isProtected: boolean) => {
    const { spec } = await tenants().get(name);
    const environments = spec.environments.map(one => ({
      ...one,
      protected: one.name === 'demo' && isProtected,
    }));
    await tenants().patch(name, { spec: { environments } });
  };

  beforeAll(async () => {
    world = await World.start();
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(
      tenant(name, {
        expiresAt: at(20),
        deletionProtection: true,
        environments: [
          { name: 'dev', cluster: 'local', protected: false },
          {
            name: 'demo',
            cluster: 'local',
            protected: false,
            expiresAt: at(5),
          },
        ],
      }),
    );
    const bea = world.as('user:default/bea');
    const home = `${name}--home`;
    const steps = new AppSteps(world, bea);
    await steps.writeBundle('prices', '3f9c1e2', 'code');
    await resources.apps(bea).create(
      app('prices', home, {
        environments: [
          { name: 'dev', revision: 'draft', replicas: { min: 2, max: 4 } },
          { name: 'demo', revision: 'draft' },
        ],
      }),
    );
    await eventually('The app is there', async () => {
      const counts = [await replicas('dev'), await replicas('demo')];
      return counts.every(count => count! > 0);
    });
    await world.stopOperator();
    world.startOperator(clock);
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('samples the usage every four hours', async () => {
    const { status } = await desk('A sample', one =>
      one.status?.usage?.some(({ at: when }) => when === at(0)),
    );
    const sample = status!.usage!.at(-1)!;
    const { pods } = sample;
    expect(pods).toBeGreaterThan(0);
    expect(sample).toEqual({
      at: at(0),
      cpu: `${pods * 100}m`,
      memory: `${pods * 128}Mi`,
      storage: '0',
      pods,
      apps: 2,
      plan: 'small',
      usedRatio: expect.any(Number),
    });
    const before = status!.usage!.length;
    await passTo(0, 3);
    await passTo(0, 4);
    const later = await desk(
      'One more',
      one => one.status!.usage!.length > before,
    );
    expect(later.status?.usage).toHaveLength(before + 1);
    expect(later.status?.usage?.at(-1)?.at).toBe(
      new Date(start + 4 * hour).toISOString(),
    );
  });

  it('warns of the end of an environment, each time once', async () => {
    expect(await warned(1)).toEqual(['environment 14']);
    await passTo(2, 1);
    expect(await warned(2)).toEqual(['environment 14', 'environment 3']);
    await passTo(4, 1);
    expect(await warned(3)).toEqual(ofEnvironment);
  });

  it('suspends an environment at its end, also when it cannot be resolved any more', async () => {
    // A protected environment accepts no drafts; an earlier one is suspended nevertheless.
    await protect(true);
    await passTo(5, 1);
    const { status } = await desk(
      'demo is suspended',
      one => one.status?.environments?.[1].suspendedAt,
    );
    expect(status).toMatchObject({
      phase: 'Ready',
      environments: [{ name: 'dev' }, { name: 'demo' }],
    });
    expect(status?.environments?.[0].suspendedAt).toBeUndefined();
    await eventually('No pods', async () => (await replicas('demo')) === 0);
    expect(await replicas('dev')).toBeGreaterThan(0);
    const state = await eventually('The app says so', async () => {
      const found = await resources
        .apps(world.admin)
        .get('prices', { namespace: `${name}--home` });
      return found.status?.environments?.find(
        ({ health }) => health === 'Suspended',
      );
    });
    expect(state).toMatchObject({
      name: 'demo',
      why: `Environment demo expired on ${at(
        5,
      )}: its apps are stopped, data is kept.`,
      next: 'Request a renewal of the environment on the tenant page.',
    });
  });

  it('warns of the end of the tenant, and not again after a restart', async () => {
    await passTo(6, 1);
    expect(await warned(4)).toEqual([...ofEnvironment, 'tenant 14']);
    await world.stopOperator();
    world.startOperator(clock);
    await passTo(7, 1);
    await desk('The new operator has looked', one =>
      one.status?.usage?.some(sample => sample.at >= at(7)),
    );
    expect(await warned(4)).toEqual([...ofEnvironment, 'tenant 14']);
    await passTo(17, 1);
    expect(await warned(5)).toContain('tenant 3');
    await passTo(19, 0.5);
    expect(await warned(6)).toEqual([
      ...ofEnvironment,
      'tenant 14',
      'tenant 3',
      'tenant a',
    ]);
  });

  it('removes an environment after its grace period, with its protection', async () => {
    await passTo(19, 2);
    const { spec } = await desk(
      'demo is gone',
      found => found.spec.environments.length === 1,
    );
    expect(spec.environments[0].name).toBe('dev');
    await eventually(
      'Its namespace is gone',
      async () =>
        !(await find(
          world.admin.resource(coreKinds.namespaces),
          `${name}--demo`,
        )),
      40,
    );
  });

  it('suspends a tenant at its end, and keeps its data', async () => {
    await passTo(20, 1);
    const { status } = await desk(
      'It is suspended',
      one => one.status?.phase === 'Suspended',
    );
    expect(status?.suspendedAt).toBe(
      new Date(start + (20 * 24 + 1) * hour)
        .toISOString()
        .replace('.000Z', 'Z'),
    );
    expect(findCondition(status, 'Ready')?.message).toContain(
      `Expired on ${at(
        20,
      )}: its apps are stopped and its data is kept; the tenant is deleted on`,
    );
    await eventually('No pods', async () => (await replicas('dev')) === 0);
    const configMaps = await world.admin
      .resource(coreKinds.configMaps)
      .list({ namespace: `${name}--dev` });
    expect(
      configMaps.some(({ metadata }) => metadata.name.startsWith('prices')),
    ).toBe(true);
  });

  it('wakes when it is renewed', async () => {
    await tenants().patch(name, { spec: { expiresAt: at(60) } });
    const { status } = await desk(
      'It is ready',
      one => one.status?.phase === 'Ready',
    );
    expect(status?.suspendedAt).toBeUndefined();
    expect(findCondition(status, 'Active')).toBeUndefined();
    await eventually(
      'Its pods',
      async () => ((await replicas('dev')) ?? 0) >= 2,
    );
  });

  it('is removed when its grace period is over, and not before', async () => {
    await passTo(60, 1);
    await desk('Suspended', one => one.status?.phase === 'Suspended');
    await passTo(74, 0);
    await desk('Looked at', one =>
      one.status?.usage?.some(sample => sample.at >= at(73)),
    );
    expect((await tenants().get(name)).metadata.deletionTimestamp).toBe(
      undefined,
    );
    await passTo(74, 2);
    await eventually(
      'The tenant is gone',
      async () => !(await find(tenants(), name)),
      60,
    );
    const left = await world.admin
      .resource(coreKinds.namespaces)
      .list({ labelSelector: `bailiwick.dev/tenant=${name}` });
    expect(left).toEqual([]);
  });
});
