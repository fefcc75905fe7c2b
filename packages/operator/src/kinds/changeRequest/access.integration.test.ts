import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { findCondition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import {
  app,
  inDays,
  pack,
  plan,
  request,
  runtimeImages,
  tenant,
} from '@bailiwick/backstage-testing/objects';
import { PromotionSteps } from '../../__testUtils__/PromotionSteps';
import { approveAll, why } from '../../__testUtils__/RequestSteps';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const home = 'desk--home';
const sam = 'user:default/sam';
const target = { kind: 'App' as const, name: 'prices', namespace: home };

integration('access of people without membership', () => {
  let world: World;
  let bea: KubeClient;
  let rob: KubeClient;
  let stranger: KubeClient;
  let steps: PromotionSteps;

  const ask = (
    name: string,
    proposed: Record<string, unknown> = {},
    requestedBy = sam,
    of = target,
  ) =>
    resources.requests(world.as(requestedBy)).create(
      request(name, of.name, {
        action: 'grantAccess',
        target: of,
        proposed: { environment: 'dev', expiresAt: inDays(30), ...proposed },
        requestedBy,
      }),
    );
  const approve = (name: string) => steps.decide(name, rob, 'user:default/rob');
  const revoke = (name: string, person: KubeClient, by: string) =>
    resources
      .requests(person)
      .patchStatus(name, { revocation: { by, at: new Date().toISOString() } });
  const accesses = async () =>
    (await resources.tenants(world.admin).get('desk')).status?.access ?? [];
  const maySign = () =>
    world.may(stranger, 'create', 'grants', {
      group: 'bailiwick.dev',
      namespace: home,
    });
  /** Grants access, and waits until it is in the status of the tenant. */
  const grant = async (
    name: string,
    proposed: Record<string, unknown> = {},
  ) => {
    await ask(name, proposed);
    await steps.settled(name, 'Open');
    await approve(name);
    await steps.settled(name, 'Applied');
    await eventually('It is in the status', async () =>
      (await accesses()).some(one => one.request === name),
    );
  };
  const gone = (name: string) =>
    eventually(`${name} is not in the status`, async () =>
      (await accesses()).every(one => one.request !== name),
    );

  beforeAll(async () => {
    world = await World.start();
    bea = world.as('user:default/bea');
    rob = world.as('user:default/rob', 'group:default/rates');
    stranger = world.as(sam);
    steps = new PromotionSteps(world, bea, home);
    await resources
      .plans(world.admin)
      // Rules that approve everything must not approve access.
      .create(plan('small', { approval: approveAll }));
    await resources.packs(world.admin).create(pack('market'));
    await world.admin.resource(coreKinds.configMaps).create(runtimeImages());
    await world.giveTenant(tenant('desk'));
    await steps.make('prices', [{ name: 'dev', revision: 'draft' }]);
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('is requested by anyone, decided by owners and recorded in the tenant', async () => {
    expect(await maySign()).toBe(false);
    const expiresAt = inDays(30);
    await ask('first', { expiresAt });
    const { status } = await steps.settled('first', 'Open');
    expect(findCondition(status, 'Decided')?.message).toBe(
      'Pending approval by group:default/rates or group:default/platform',
    );
    const { uid: tenantUid } = (
      await resources.tenants(world.admin).get('desk')
    ).metadata;
    const { uid: appUid } = (
      await resources.apps(world.admin).get('prices', { namespace: home })
    ).metadata;
    expect(status?.evidence).toEqual({ tenantUid, appUid });
    await expect(steps.decide('first', stranger, sam)).rejects.toThrow(
      'You cannot decide your own request',
    );
    await expect(
      steps.decide('first', bea, 'user:default/bea'),
    ).rejects.toThrow(
      'Only owners of the tenant and the platform team can decide an access request',
    );
    expect(await accesses()).toEqual([]);
    await approve('first');
    expect(why(await steps.settled('first', 'Applied'))).toBe(
      `sam can read prices in dev until ${expiresAt}`,
    );
    await eventually('It is in the status', async () =>
      (await accesses()).some(one => one.request === 'first'),
    );
    expect(await accesses()).toEqual([
      {
        request: 'first',
        user: sam,
        app: 'prices',
        environment: 'dev',
        expiresAt,
      },
    ]);
    await eventually('The right to create tokens', maySign);
    for (const [verb, resource] of [
      ['get', 'apps'],
      ['list', 'grants'],
      ['update', 'grants'],
      ['get', 'pods'],
    ] as const)
      expect(
        await world.may(stranger, verb, resource, {
          group: resource === 'pods' ? '' : 'bailiwick.dev',
          namespace: home,
        }),
      ).toBe(false);
  });

  it('is revoked by owners or the person with the access, once, in their own name', async () => {
    await grant('second');
    await expect(revoke('second', bea, 'user:default/bea')).rejects.toThrow(
      'Only owners of the tenant, the platform team, or the person with the access can revoke it',
    );
    await expect(revoke('second', rob, sam)).rejects.toThrow(
      'You can revoke access only in your own name',
    );
    await expect(
      resources.requests(rob).patchStatus('second', {
        phase: 'Open',
        revocation: { by: 'user:default/rob', at: inDays(0) },
      }),
    ).rejects.toThrow('Only granted access can be revoked');
    await revoke('second', rob, 'user:default/rob');
    await gone('second');
    for (const revocation of [null, { by: sam, at: inDays(0) }])
      await expect(
        resources
          .requests(stranger)
          .patchStatus('second', { revocation } as any),
      ).rejects.toThrow('Only granted access can be revoked, and only once');
    await revoke('first', stranger, sam);
    await gone('first');
    await eventually(
      'No right to create tokens',
      async () => !(await maySign()),
    );
    expect(
      (await resources.requests(world.admin).get('first')).status,
    ).toMatchObject({ phase: 'Applied', revocation: { by: sam } });
  });

  it('cannot be forged or revoked before it is granted', async () => {
    await ask('third');
    await steps.settled('third', 'Open');
    for (const [person, by] of [
      [stranger, sam],
      [rob, 'user:default/rob'],
    ] as const)
      await expect(revoke('third', person, by)).rejects.toThrow(
        'Only granted access can be revoked',
      );
    for (const status of [
      { phase: 'Applied' as const },
      { phase: 'Approved' as const },
      { evidence: { appUid: 'x' } },
    ])
      await expect(
        resources.requests(stranger).patchStatus('third', status),
      ).rejects.toThrow(/You can only decide|Only the operator can write/);
    const forged = [
      {
        request: 'third',
        user: sam,
        app: 'prices',
        environment: 'dev',
        expiresAt: inDays(1),
      },
    ];
    for (const person of [stranger, bea, rob])
      await expect(
        resources.tenants(person).patchStatus('desk', { access: forged }),
      ).rejects.toThrow('forbidden');
    expect(await accesses()).toEqual([]);
    await steps.decide('third', rob, 'user:default/rob', 'deny');
    await steps.settled('third', 'Denied');
    expect(await accesses()).toEqual([]);
  });

  it('is denied to members, for other people, and for objects that do not exist', async () => {
    await expect(ask('member', {}, 'user:default/tom')).rejects.toThrow(
      'You are a member of this tenant and can already read its apps',
    );
    await expect(
      resources.requests(stranger).create(
        request('other', 'prices', {
          action: 'grantAccess',
          target,
          proposed: {},
          requestedBy: 'user:default/bea',
        }),
      ),
    ).rejects.toThrow('requestedBy must be');
    await expect(
      ask('elsewhere', {}, sam, { ...target, namespace: 'desk--dev' }),
    ).rejects.toThrow('must end with --home');
    for (const [name, proposed, words] of [
      ['prod', { environment: 'prod' }, 'is not deployed in "prod"'],
      ['unknown', { functions: ['mean'] }, 'has no function mean in dev'],
      ['past', { expiresAt: inDays(-1) }, 'would have expired'],
      ['long', { expiresAt: inDays(366) }, 'for 365 days at most'],
      ['endless', { expiresAt: undefined }, 'requires expiresAt'],
    ] as const) {
      await ask(name, proposed);
      expect(why(await steps.settled(name, 'Failed'))).toContain(words);
    }
    await ask('absent', {}, sam, { ...target, name: 'absent' });
    expect(why(await steps.settled('absent', 'Failed'))).toContain(
      'App "absent" was not found',
    );
  });

  it('ends at its expiry, and with its app', async () => {
    const soon = () => new Date(Date.now() + 3_000).toISOString();
    await grant('short', { expiresAt: soon() });
    await gone('short');
    await eventually(
      'No right to create tokens',
      async () => !(await maySign()),
    );

    await grant('lasting');
    await resources.apps(world.admin).delete('prices', { namespace: home });
    await gone('lasting');
    await eventually('The app is deleted', async () => {
      const all = await resources.apps(world.admin).list({ namespace: home });
      return all.length === 0;
    });
    await resources.apps(bea).create(app('prices', home));
    await ask('next');
    await steps.settled('next', 'Open');
    expect(await accesses()).toEqual([]);
  });
});
