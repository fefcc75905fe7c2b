import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  labels,
  type DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { keptPackName } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  plan,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { AppSteps, dev, home, podTemplate } from '../../__testUtils__/AppSteps';
import { RunSteps } from '../../__testUtils__/RunSteps';
import { connection, packOfShapes } from '../../__testUtils__/shapes';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const first = packOfShapes('market');
const keptFirst: DomainPack = {
  ...first,
  metadata: {
    name: keptPackName('market', '1.0.0'),
    labels: { [labels.versionOf]: 'market' },
  },
};

/** A version without the archetypes of the first one, and with other limits. */
function second(): DomainPack {
  const { spec } = first;
  const [feed] = spec.archetypes;
  const [runtime] = spec.runtimes;
  return {
    ...first,
    spec: {
      ...spec,
      version: '2.0.0',
      archetypes: [{ ...feed, name: 'new-feed' }],
      runtimes: [{ ...runtime, limits: { ...runtime.limits, seconds: 60 } }],
    },
  };
}

integration('apps of several versions of a pack on a real API server', () => {
  let world: World;
  let bea: KubeClient;
  let steps: AppSteps;
  const packs = () => resources.packs(world.admin);
  const healthy = (name: string) =>
    steps.environment(name, { health: 'Healthy' });

  /** Returns the time limit of an app's calls, as in the environment of its pods. */
  async function secondsOf(name: string): Promise<string> {
    const deployment = await world.admin
      .resource(coreKinds.deployments)
      .get(name, { namespace: dev });
    return podTemplate(deployment).spec.containers[0].env.find(
      (variable: { name: string }) =>
        variable.name === 'BAILIWICK_LIMIT_SECONDS',
    ).value;
  }

  async function create(name: string, archetype: string, version = '1.0.0') {
    await steps.writeBundle(name, '3f9c1e2', name);
    await resources.apps(bea).create(
      app(name, home, {
        archetype: { pack: 'market', version, name: archetype },
      }),
    );
  }

  beforeAll(async () => {
    world = await World.start({ simulatedNode: true });
    bea = world.as('user:default/bea');
    steps = new AppSteps(world, bea);
    const runs = new RunSteps(world);
    await resources.plans(world.admin).create(plan('small'));
    await packs().create(first);
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await runs.giveStorage();
    await runs.giveVolumes(1);
    await world.giveTenant(tenant('rates-desk'));
    await create('prices', 'price-feed');
    await create('plant', 'mqtt');
    await healthy('prices');
    await healthy('plant');
    await packs().create(keptFirst);
    await packs().patch('market', { spec: second().spec });
    await create('fresh', 'new-feed', '2.0.0');
    await healthy('fresh');
  }, 240_000);
  afterAll(() => world?.stop(), 60_000);

  it('run with the settings of their own version', async () => {
    expect(await secondsOf('fresh')).toBe('60');
    // A new commit passes all steps again.
    await steps.writeBundle('prices', 'c0ffee1', 'more');
    const { source } = app('prices', home).spec;
    await resources
      .apps(bea)
      .patch(
        'prices',
        { spec: { source: { ...source, revision: 'c0ffee1' } } },
        { namespace: home },
      );
    await eventually('The new commit runs', async () => {
      const { revision } = await healthy('prices');
      return revision === 'c0ffee1';
    });
    expect(await secondsOf('prices')).toBe('30');
  });

  it('keep the connections of the pack', async () => {
    await resources.connections(world.admin).create(connection('for-all'));
    await eventually('The app may reach its broker', () =>
      find(
        world.admin.resource(coreKinds.networkPolicies),
        'plant.connections',
        dev,
      ),
    );
  });

  it('are blocked without their version, and continue when it returns', async () => {
    await packs().delete(keptFirst.metadata.name);
    await steps.environment('prices', {
      health: 'Degraded',
      why: 'Domain pack market 2.0.0 has no archetype "price-feed"',
    });
    await packs().create(keptFirst);
    await healthy('prices');
  });
});
