import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  pack,
  plan,
  release,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { PromotionSteps } from '../../__testUtils__/PromotionSteps';
import { why } from '../../__testUtils__/RequestSteps';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const home = 'desk--home';

integration('promotions of releases that are checked', () => {
  let world: World;
  let bea: KubeClient;
  let rob: KubeClient;
  let steps: PromotionSteps;

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    rob = world.as('user:default/rob', 'group:default/rates');
    steps = new PromotionSteps(world, bea, home);
    await resources.plans(world.admin).create(plan('small'));
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('desk'));
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('are held back by checks that failed, also with kubectl, unless the requester overrides them', async () => {
    await steps.make('guarded', [{ name: 'dev', revision: 'draft' }]);
    const columns = (...names: string[]) => ({
      functions: [
        {
          name: 'prices',
          parameters: {},
          result: {
            kind: 'table' as const,
            columns: names.map(name => ({ name, type: 'string' })),
          },
        },
      ],
    });
    for (const [name, contract] of [
      ['guarded-r1', columns('symbol', 'price')],
      ['guarded-r2', columns('symbol')],
    ] as const)
      await resources
        .releases(bea)
        .create(release(name, home, { app: 'guarded', contract }));
    const wanted = { environment: 'prod', release: 'guarded-r1' };
    await steps.ask('guarded-first', wanted, 'guarded');
    await steps.settled('guarded-first', 'Open');
    await steps.decide('guarded-first', rob, 'user:default/rob');
    await steps.settled('guarded-first', 'Applied');

    const breaking = { environment: 'prod', release: 'guarded-r2' };
    await steps.ask('guarded-broken', breaking, 'guarded');
    expect(why(await steps.settled('guarded-broken', 'Failed'))).toMatch(
      /^Checks failed\. contract: Breaking changes for readers in prod: .* Column price was removed.* override contract in a new request/,
    );
    await steps.ask(
      'guarded-code',
      { ...breaking, overriddenChecks: ['code'] },
      'guarded',
    );
    expect(why(await steps.settled('guarded-code', 'Failed'))).toContain(
      'proposed.overriddenChecks',
    );

    const overriddenChecks = ['contract'];
    await steps.ask(
      'guarded-anyway',
      { ...breaking, overriddenChecks },
      'guarded',
    );
    const open = await steps.settled('guarded-anyway', 'Open');
    expect(open.spec).toMatchObject({
      proposed: { overriddenChecks },
      requestedBy: 'user:default/bea',
      reason: 'The morning meeting needs it.',
    });
    expect(open.status?.evidence?.gates).toContainEqual(
      expect.objectContaining({ check: 'contract', verdict: 'Failed' }),
    );
    await steps.decide('guarded-anyway', rob, 'user:default/rob');
    await steps.settled('guarded-anyway', 'Applied');
  });

  it('are held back by checks that fail until they are approved', async () => {
    await steps.make('late', [{ name: 'dev', revision: 'draft' }]);
    await steps.publish('late-r1', 'late');
    await steps.ask(
      'late-code',
      { environment: 'prod', release: 'late-r1' },
      'late',
    );
    await steps.settled('late-code', 'Open');
    const name = 'late-3f9c1e2';
    await world.admin
      .resource(coreKinds.configMaps)
      .delete(name, { namespace: home });
    await steps.decide('late-code', rob, 'user:default/rob');
    expect(why(await steps.settled('late-code', 'Failed'))).toContain(
      'code: The code of commit 3f9c1e2 is no longer stored in the cluster',
    );
  });
});
