import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import type {
  ChangeAction,
  ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidingPlan,
  canDecide,
  platformGroup,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { eventually } from '@bailiwick/backstage-testing';
import { plan, request, tenant } from '@bailiwick/backstage-testing/objects';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

const people: Record<string, string[]> = {
  lena: ['group:default/leads'],
  fred: ['group:default/accounts'],
  fay: ['group:default/fx'],
  rob: ['group:default/rates'],
  petra: [platformGroup],
  eve: ['group:default/others'],
  // The requester is in all of these groups, and decides nothing nevertheless.
  rita: [
    'group:default/leads',
    'group:default/accounts',
    'group:default/fx',
    'group:default/rates',
    platformGroup,
  ],
};
const at = '2027-01-01T00:00:00Z';
const proposals: [ChangeAction, Record<string, unknown>][] = [
  ['create', { ...tenant('new-desk').spec, plan: 'large' }],
  ['changePlan', { plan: 'large' }],
  ['setEnvironments', { add: [{ name: 'test' }] }],
  ['setMembers', { members: [] }],
  ['renew', { expiresAt: at }],
  ['transfer', { owners: ['group:default/fx'] }],
  ['offboard', { confirm: 'desk' }],
  ['cordon', { reason: 'An incident.' }],
  ['uncordon', {}],
  ['promote', { environment: 'prod', release: 'r1' }],
];
const lists = (names: string) => names.split(' ').sort();

integration('approvers, on a real API server', () => {
  let world: World;
  const plans = [
    plan('small', {
      approval: { rules: [], deciders: ['group:default/leads'] },
    }),
    plan('large', {
      approval: { rules: [], deciders: ['group:default/accounts'] },
    }),
  ];
  const asked = new Map<ChangeAction, ChangeRequest>();
  const person = (name: string): KubeClient =>
    world.as(`user:default/${name}`, ...people[name]);

  /** Sends a request as Rita, and waits for the decision of the rules. */
  async function ask(
    action: ChangeAction,
    proposed: Record<string, unknown>,
  ): Promise<ChangeRequest> {
    const target = action === 'create' ? 'new-desk' : 'desk';
    const name = `ask-${action.toLowerCase()}`;
    await resources.requests(person('rita')).create(
      request(name, target, {
        action,
        proposed,
        ...(action === 'promote' && {
          target: { kind: 'App', name: 'prices', namespace: 'desk--home' },
        }),
      }),
    );
    return eventually(`${action} is judged`, async () => {
      const found = await resources.requests(world.admin).get(name);
      return found.status?.phase ? found : undefined;
    });
  }

  /** Whether the API server would take a verdict of a person; nothing is kept. */
  async function isTaken(name: string, action: ChangeAction): Promise<boolean> {
    const by = `user:default/${name}`;
    const reason = 'Seen and agreed.';
    try {
      await resources
        .requests(person(name))
        .patchStatus(
          asked.get(action)!.metadata.name,
          { verdict: { verdict: 'approve', by, reason, at } },
          { dryRun: true },
        );
      return true;
    } catch (error) {
      const { message } = error as Error;
      if (/decide/.test(message)) return false;
      throw error;
    }
  }

  beforeAll(async () => {
    world = await World.start();
    for (const one of plans) await resources.plans(world.admin).create(one);
    await world.giveTenant(tenant('desk'));
    await eventually('The deciders have their right', async () => {
      const may = (who: string, name: string) =>
        world.may(person(who), 'decide', 'plans', {
          group: 'bailiwick.dev',
          name,
        });
      return (await may('lena', 'small')) && may('fred', 'large');
    });
    for (const [action, proposed] of proposals)
      asked.set(action, await ask(action, proposed));
    await world.stopOperator();
    // Requests that the operator rejects are opened, too, so that all actions can be compared.
    for (const [action, { metadata, status }] of asked)
      asked.set(
        action,
        await resources
          .requests(
            world.admin.as({
              user: 'bailiwick:operator',
              groups: ['system:masters'],
            }),
          )
          .patchStatus(metadata.name, {
            phase: 'Open',
            plan: status?.plan ?? 'small',
          }),
      );
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  const table: [ChangeAction, string[]][] = [
    ['create', lists('fred petra')],
    ['changePlan', lists('fred petra')],
    ['setEnvironments', lists('lena petra')],
    ['setMembers', lists('lena petra')],
    ['renew', lists('lena petra')],
    ['transfer', lists('fay petra')],
    ['offboard', lists('lena petra')],
    ['cordon', ['petra']],
    ['uncordon', ['petra']],
    ['promote', lists('petra rob')],
  ];

  it.each(table)(
    'is the same for the API server and for forms: %s by %j',
    async (action, deciders) => {
      const one = asked.get(action)!;
      const about =
        action === 'create'
          ? undefined
          : await resources.tenants(world.admin).get('desk');
      const deciding = plans.find(
        ({ metadata }) => metadata.name === decidingPlan(one, about),
      );
      const byPolicy: string[] = [];
      const byRule: string[] = [];
      for (const [name, groups] of Object.entries(people)) {
        if (await isTaken(name, action)) byPolicy.push(name);
        const user = `user:default/${name}`;
        if (canDecide({ user, groups }, one, about, deciding))
          byRule.push(name);
      }
      expect(byPolicy.sort()).toEqual(deciders);
      expect(byRule.sort()).toEqual(deciders);
    },
  );

  it('leaves requests of a cordon to platform engineers', async () => {
    await expect(
      resources.requests(person('rob')).create(
        request('by-owner', 'desk', {
          action: 'cordon',
          proposed: { reason: 'Mine.' },
          requestedBy: 'user:default/rob',
        }),
      ),
    ).rejects.toThrow('Only platform engineers can cordon a tenant');
  });

  it.each([
    ['plan', 'large'],
    ['before', { plan: 'x' }],
  ] as const)('keeps deciders from writing %s', async (field, value) => {
    await expect(
      resources.requests(person('petra')).patchStatus('ask-renew', {
        verdict: {
          verdict: 'approve',
          by: 'user:default/petra',
          reason: 'Mine.',
          at,
        },
        [field]: value,
      }),
    ).rejects.toThrow('Only the operator can write');
  });

  it('accepts one of two concurrent decisions', async () => {
    const give = (name: string, verdict: 'approve' | 'deny') =>
      resources.requests(person(name)).patchStatus('ask-setmembers', {
        verdict: {
          verdict,
          by: `user:default/${name}`,
          reason: 'Seen.',
          at,
        },
      });
    const answers = await Promise.allSettled([
      give('petra', 'approve'),
      give('lena', 'deny'),
    ]);
    const taken = answers.filter(({ status }) => status === 'fulfilled');
    const [refused] = answers.flatMap(answer =>
      answer.status === 'rejected' ? answer.reason.message : [],
    );
    expect(taken).toHaveLength(1);
    expect(refused).toContain('The request is no longer pending');
    const first = await resources.requests(world.admin).get('ask-setmembers');
    const winner = answers[0].status === 'fulfilled' ? 'petra' : 'lena';
    expect(first.status?.verdict?.by).toBe(`user:default/${winner}`);
  });
});
