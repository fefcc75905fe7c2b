import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  pack,
  plan,
  release,
  request,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { sha256 } from '../../__testUtils__/AppSteps';
import { PromotionSteps } from '../../__testUtils__/PromotionSteps';
import { why } from '../../__testUtils__/RequestSteps';
import { find, resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const home = 'desk--home';
/** Conditions of an app about promotions that bea requested. */
const because = {
  by: 'user:default/bea',
  reason: 'The morning meeting needs it.',
};
const isProtected = /The environment prod is protected: request the promotion/;

integration('promotions into protected environments', () => {
  let world: World;
  let bea: KubeClient;
  let rob: KubeClient;
  let steps: PromotionSteps;
  const inHome = { namespace: home };
  const make: PromotionSteps['make'] = (...args) => steps.make(...args);
  const publish: PromotionSteps['publish'] = (...args) =>
    steps.publish(...args);
  const ask: PromotionSteps['ask'] = (...args) => steps.ask(...args);
  const decide: PromotionSteps['decide'] = (...args) => steps.decide(...args);
  const settled: PromotionSteps['settled'] = (...args) =>
    steps.settled(...args);
  const uidOf = (name: string) => steps.uidOf(name);
  const environmentsOf = (name: string) => steps.environmentsOf(name);

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    rob = world.as('user:default/rob', 'group:default/rates');
    steps = new PromotionSteps(world, bea, home);
    const { perEnvironment } = plan('small').spec;
    const roomy = { perEnvironment: { ...perEnvironment, apps: 20 } };
    await resources.plans(world.admin).create(plan('small', roomy));
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('desk'));
    await make('prices', [{ name: 'dev', revision: 'draft' }]);
    await publish('prices-r1', 'prices');
    await publish('prices-r2', 'prices');
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('are the only way in, for builders and for owners', async () => {
    const prod = [{ name: 'prod', release: 'prices-r1' }];
    await expect(make('direct', prod)).rejects.toThrow(isProtected);
    for (const person of [bea, rob])
      await expect(
        resources
          .apps(person)
          .patch('prices', { spec: { environments: prod } }, inHome),
      ).rejects.toThrow(isProtected);
    expect(await environmentsOf('prices')).toEqual([
      { name: 'dev', revision: 'draft' },
    ]);
  });

  it('are requested by builders, decided by another owner, and carried out', async () => {
    await ask('first', { environment: 'prod', release: 'prices-r1' });
    const open = await settled('first', 'Open');
    expect(open.status?.before).toEqual({ environment: 'prod' });
    expect(open.status?.evidence).toMatchObject({
      commit: '3f9c1e2',
      digest: sha256('code'),
      runtime: 'market-py',
      publishedBy: 'user:default/bea',
    });
    expect(open.status?.evidence?.gates).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ check: 'code', verdict: 'Passed' }),
        expect.objectContaining({ check: 'tests', verdict: 'Missing' }),
      ]),
    );
    await expect(decide('first', bea, 'user:default/bea')).rejects.toThrow(
      'You cannot decide your own request',
    );
    const tom = world.as('user:default/tom');
    await expect(decide('first', tom, 'user:default/tom')).rejects.toThrow(
      'Only owners of the tenant and the platform team can decide a promotion',
    );
    await decide('first', rob, 'user:default/rob');
    expect(why(await settled('first', 'Applied'))).toBe(
      'Release "prices-r1" of prices is now deployed in prod',
    );
    expect(await environmentsOf('prices')).toEqual([
      { name: 'dev', revision: 'draft' },
      {
        name: 'prod',
        release: 'prices-r1',
        promoted: await uidOf('prices-r1'),
        because,
      },
    ]);
    const { status } = await eventually('Its history', async () => {
      const found = await resources.apps(world.admin).get('prices', inHome);
      return found.status?.history ? found : undefined;
    });
    expect(status?.history).toMatchObject([
      { environment: 'prod', release: 'prices-r1', ...because },
    ]);
    await eventually('It is deployed', () =>
      find(world.admin.resource(coreKinds.deployments), 'prices', 'desk--prod'),
    );
  });

  it('leave how many pods run, and whether any, to the owners', async () => {
    const promoted = await uidOf('prices-r1');
    const prod = { name: 'prod', release: 'prices-r1', promoted, because };
    const replicas = { min: 1, max: 2 };
    const scaled = { ...prod, replicas, suspended: true };
    const write = (environments: object[], who = rob) =>
      resources.apps(who).patch('prices', { spec: { environments } }, inHome);
    await expect(write([{ ...prod, replicas }], bea)).rejects.toThrow(
      'only owners can restart, pause and scale apps in it',
    );
    await write([scaled]);
    await expect(
      write([{ ...prod, replicas, parameters: { limit: 5 } }]),
    ).rejects.toThrow(isProtected);
    await expect(
      write([{ ...scaled, release: 'prices-r2' }], bea),
    ).rejects.toThrow(isProtected);
    await expect(
      write([{ ...prod, promoted: 'another-object' }]),
    ).rejects.toThrow('Only the operator can set promoted');
    await ask('second', { environment: 'prod', release: 'prices-r2' });
    const { status } = await settled('second', 'Open');
    expect(status?.before).toEqual({
      environment: 'prod',
      release: 'prices-r1',
    });
    await decide('second', rob, 'user:default/rob');
    await settled('second', 'Applied');
    expect(await environmentsOf('prices')).toEqual([
      {
        name: 'prod',
        release: 'prices-r2',
        promoted: await uidOf('prices-r2'),
        because,
        replicas,
        suspended: true,
      },
    ]);
    await write([]);
    await expect(
      write([{ name: 'prod', release: 'prices-r2' }]),
    ).rejects.toThrow(isProtected);
  });

  it('carry the settings of the environment, and change them alone', async () => {
    const carriedOut = async (name: string) => {
      await settled(name, 'Open');
      await decide(name, rob, 'user:default/rob');
      return why(await settled(name, 'Applied'));
    };
    const proposed = { environment: 'prod', release: 'prices-r1' };
    await ask('with-limit', { ...proposed, parameters: { limit: 5 } });
    await carriedOut('with-limit');
    const [prod] = await environmentsOf('prices');
    expect(prod.parameters).toEqual({ limit: 5 });
    await ask('same-limit', { ...proposed, parameters: { limit: 5 } });
    expect(why(await settled('same-limit', 'Failed'))).toContain(
      'is already deployed in prod',
    );
    await ask('other-limit', { ...proposed, parameters: { limit: 6 } });
    await carriedOut('other-limit');
    expect((await environmentsOf('prices'))[0].parameters).toEqual({
      limit: 6,
    });
    const apps = resources.apps(bea);
    await apps.patch('prices', { spec: { environments: [] } }, inHome);
  });

  it('name requester and approver, who act in their own names', async () => {
    const forged = { by: 'user:default/rob', reason: 'Not me.' };
    const dev = { name: 'dev', release: 'prices-r1' };
    const write = (environment: object) =>
      resources
        .apps(bea)
        .patch('prices', { spec: { environments: [environment] } }, inHome);
    await expect(write({ ...dev, because: forged })).rejects.toThrow(
      'because.by must be user:default/bea',
    );
    await write({ ...dev, because });
    // Somebody else's word stays when something else is changed.
    await resources
      .apps(rob)
      .patch(
        'prices',
        { spec: { environments: [{ ...dev, because, suspended: true }] } },
        inHome,
      );
    await write({ name: 'dev', revision: 'draft' });
    await resources
      .apps(bea)
      .patch('prices', { spec: { environments: [] } }, inHome);
  });

  it('change nothing when they are denied', async () => {
    await ask('unwanted', { environment: 'prod', release: 'prices-r1' });
    await settled('unwanted', 'Open');
    await decide('unwanted', rob, 'user:default/rob', 'deny');
    await settled('unwanted', 'Denied');
    expect(await environmentsOf('prices')).toEqual([]);
  });

  it('are not approved by a rule, whatever the plan contains', async () => {
    const rules = [
      { when: 'true', verdict: 'approve' as const, reason: 'Yes.' },
    ];
    const approval = { rules, deciders: ['group:default/leads'] };
    await resources.plans(world.admin).create(plan('lax', { approval }));
    const tenants = resources.tenants(world.admin);
    await tenants.patch('desk', { spec: { plan: 'lax' } });
    await ask('by-rule', { environment: 'prod', release: 'prices-r1' });
    expect((await settled('by-rule', 'Open')).status?.plan).toBe('lax');
    await tenants.patch('desk', { spec: { plan: 'small' } });
    await decide('by-rule', rob, 'user:default/rob', 'deny');
    await settled('by-rule', 'Denied');
  });

  it('do not replace a later promotion', async () => {
    await make('raced', []);
    for (const name of ['raced-r1', 'raced-r2']) await publish(name, 'raced');
    for (const name of ['raced-r1', 'raced-r2']) {
      const proposed = { environment: 'prod', release: name };
      await ask(`ask-${name}`, proposed, 'raced');
      await settled(`ask-${name}`, 'Open');
    }
    await decide('ask-raced-r2', rob, 'user:default/rob');
    await settled('ask-raced-r2', 'Applied');
    await decide('ask-raced-r1', rob, 'user:default/rob');
    expect(why(await settled('ask-raced-r1', 'Failed'))).toBe(
      'The release in prod changed from none to raced-r2 after this request; send a new request if the promotion is still needed',
    );
    expect((await environmentsOf('raced'))[0].release).toBe('raced-r2');
  });

  it('are needed also where an app named the environment before it was protected', async () => {
    await make('early', [{ name: 'stage', release: 'early-r1' }]);
    const tenants = resources.tenants(world.admin);
    const { spec } = await tenants.get('desk');
    const stage = { name: 'stage', cluster: 'local', protected: true };
    const environments = [...spec.environments, stage];
    await tenants.patch('desk', { spec: { environments } });
    await publish('early-r1', 'early');
    await eventually('It is refused', async () => {
      const { status } = await resources.apps(world.admin).get('early', inHome);
      return status?.environments?.[0]?.why.includes('was not promoted to it');
    });
    const deployments = world.admin.resource(coreKinds.deployments);
    expect(await find(deployments, 'early', 'desk--stage')).toBeUndefined();
    await tenants.patch('desk', { spec: { environments: spec.environments } });
  });

  it('need releases that name their publisher and cannot be deleted', async () => {
    const forged = release('prices-r7', home, {
      app: 'prices',
      createdBy: 'user:default/rob',
    });
    await expect(resources.releases(bea).create(forged)).rejects.toThrow(
      'createdBy must be user:default/bea',
    );
    const owned = release('prices-r8', home, { app: 'prices' });
    owned.metadata = {
      ...owned.metadata,
      ownerReferences: [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'y' },
      ],
    } as typeof owned.metadata;
    await expect(resources.releases(bea).create(owned)).rejects.toThrow(
      'remove metadata.ownerReferences',
    );
  });

  it.each([
    [{ environment: 'stage', release: 'prices-r1' }, 'available: dev, prod'],
    [
      { environment: 'prod', release: 'prices-r9' },
      'App "prices" has no release "prices-r9"',
    ],
    [{ environment: 'prod' }, 'Action "promote" requires release'],
  ])('report the problem with %j at once', async (proposed, message) => {
    const name = `wrong-${Object.values(proposed).join('-')}`;
    await ask(name, proposed);
    expect(why(await settled(name, 'Failed'))).toContain(message);
  });

  it("reject another app's release", async () => {
    await make('others', []);
    await publish('others-r1', 'others');
    await ask('foreign', { environment: 'prod', release: 'others-r1' });
    expect(why(await settled('foreign', 'Failed'))).toContain(
      'App "prices" has no release "others-r1"',
    );
    await ask('nothing', { environment: 'prod', release: 'r1' }, 'nowhere');
    expect(why(await settled('nothing', 'Failed'))).toContain(
      'App "nowhere" was not found',
    );
  });

  it('fail when their app is deleted, so that no other release of the name is promoted', async () => {
    await make('swapped', []);
    await publish('swapped-r1', 'swapped');
    await ask(
      'swap',
      { environment: 'prod', release: 'swapped-r1' },
      'swapped',
    );
    await settled('swap', 'Open');
    for (const person of [bea, rob])
      await expect(
        resources.releases(person).delete('swapped-r1', inHome),
      ).rejects.toThrow('cannot delete');
    await resources.apps(bea).delete('swapped', inHome);
    await eventually('The app and its release are gone', async () => {
      const left = [
        await find(resources.releases(bea), 'swapped-r1', home),
        await find(resources.apps(bea), 'swapped', home),
      ];
      return left.every(found => found === undefined);
    });
    await resources
      .apps(bea)
      .create(app('swapped', home, { environments: [] }));
    await publish('swapped-r1', 'swapped');
    expect(why(await settled('swap', 'Failed'))).toBe(
      'The app "swapped" was deleted',
    );
    await expect(decide('swap', rob, 'user:default/rob')).rejects.toThrow();
    expect(await environmentsOf('swapped')).toEqual([]);
  });

  it('are not for viewers and strangers', async () => {
    const proposed = { environment: 'prod', release: 'prices-r1' };
    for (const who of ['user:default/tom', 'user:default/eve'])
      await expect(
        ask(`by-${who.slice(-3)}`, proposed, 'prices', who),
      ).rejects.toThrow('Only builders and owners of a tenant can request');
  });

  it('are about apps, and nothing else is', async () => {
    const create = (changes: Parameters<typeof request>[2]) =>
      resources.requests(rob).create(
        request('mixed', 'desk', {
          requestedBy: 'user:default/rob',
          ...changes,
        }),
      );
    const message =
      'The target of a promotion or an access request must be an app';
    await expect(create({ action: 'promote', proposed: {} })).rejects.toThrow(
      message,
    );
    await expect(
      create({
        action: 'renew',
        proposed: {},
        target: { kind: 'App', name: 'prices', ...inHome },
      }),
    ).rejects.toThrow(message);
  });
});
