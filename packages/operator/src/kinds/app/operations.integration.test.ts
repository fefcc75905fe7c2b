import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  pack,
  plan,
  release,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { AppSteps, dev, home } from '../../__testUtils__/AppSteps';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const restartedAt = '2027-01-01T08:00:00.000Z';
const isForOwners = /prod is protected: only owners can restart/;

integration('operations on apps', () => {
  let world: World;
  let bea: KubeClient;
  let rita: KubeClient;
  let tom: KubeClient;
  let released: AppEnvironment;

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    rita = world.as('user:default/rita', 'group:default/rates');
    tom = world.as('user:default/tom');
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('rates-desk'));
    await new AppSteps(world, bea).writeBundle('prices', '3f9c1e2', 'code');
    const { metadata } = await resources
      .releases(bea)
      .create(release('prices-r1', home));
    released = { name: 'prod', release: 'prices-r1', promoted: metadata.uid };
    // As the operator leaves it after a promotion.
    await resources.apps(world.admin).create(
      app('prices', home, {
        environments: [{ name: 'dev', revision: 'draft' }, released],
      }),
    );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  const write = (
    who: KubeClient,
    changes: { dev?: object; prod?: Partial<AppEnvironment> },
  ) =>
    resources.apps(who).patch(
      'prices',
      {
        spec: {
          environments: [
            { name: 'dev', revision: 'draft', ...changes.dev },
            { ...released, ...changes.prod },
          ],
        },
      },
      { namespace: home },
    );
  const annotationsOf = async (namespace: string) => {
    const deployments = world.admin.resource(coreKinds.deployments);
    const all = await deployments.list({ namespace });
    const { template } = all[0]?.spec ?? {};
    return (template as any)?.metadata.annotations ?? {};
  };
  const restarts = (namespace: string) =>
    eventually(`The pods of ${namespace} are replaced`, async () => {
      const found = await annotationsOf(namespace);
      return found['bailiwick.dev/restarted-at'] === restartedAt;
    });

  it('carry a restart into the pods, and leave others as they are', async () => {
    await eventually('It runs', async () => {
      const found = await annotationsOf(dev);
      return found['bailiwick.dev/bundle-digest'];
    });
    expect(await annotationsOf(dev)).not.toHaveProperty([
      'bailiwick.dev/restarted-at',
    ]);
    await write(bea, { dev: { restartedAt } });
    await restarts(dev);
    expect(await annotationsOf('rates-desk--prod')).not.toHaveProperty([
      'bailiwick.dev/restarted-at',
    ]);
  });

  it.each([
    { restartedAt },
    { suspended: true },
    { replicas: { min: 2, max: 2 } },
    { canary: { percent: 10, minutes: 10 } },
  ])('are for owners where it is protected: %j', async prod => {
    await expect(write(bea, { dev: { restartedAt }, prod })).rejects.toThrow(
      isForOwners,
    );
    await expect(write(tom, { dev: { restartedAt }, prod })).rejects.toThrow(
      'cannot patch',
    );
    await write(rita, { dev: { restartedAt }, prod });
    // Nor does a builder revert an owner's change.
    await expect(write(bea, { dev: { restartedAt } })).rejects.toThrow(
      isForOwners,
    );
    const { metadata } = await write(rita, { dev: { restartedAt } });
    expect(metadata.name).toBe('prices');
  });

  it('carry the restart of an owner into a protected environment', async () => {
    await write(rita, { dev: { restartedAt }, prod: { restartedAt } });
    await restarts('rates-desk--prod');
  });
});
