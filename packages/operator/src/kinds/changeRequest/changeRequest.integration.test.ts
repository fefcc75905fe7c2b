import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  findCondition,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { plan, request, tenant } from '@bailiwick/backstage-testing/objects';
import { resources, World } from '../../__testUtils__/World';

const integration = process.env.BAILIWICK_INTEGRATION
  ? describe
  : describe.skip;
jest.setTimeout(60_000);

integration('requests on a real API server', () => {
  let world: World;
  let rita: KubeClient;
  let petra: KubeClient;
  const requests = (client = world.admin) => resources.requests(client);
  const phase = (name: string, ...phases: string[]) =>
    eventually(`${name} is ${phases.join(' or ')}`, async () => {
      const found = await requests().get(name);
      return phases.includes(found.status?.phase ?? '') ? found : undefined;
    });
  const verdict = (by: string, word: 'approve' | 'deny' = 'approve') => ({
    verdict: {
      verdict: word,
      by,
      reason: 'Seen and agreed.',
      at: new Date().toISOString(),
    },
  });
  const why = ({ status }: ChangeRequest) =>
    findCondition(status, 'Applied')?.message;

  beforeAll(async () => {
    world = await World.start();
    rita = world.as('user:default/rita', 'group:default/rates');
    petra = world.as('user:default/petra', 'group:default/platform');
    await resources.plans(world.admin).create(plan('small'));
    await requests(rita).create(request('first', 'rates-one'));
    await phase('first', 'Applied', 'Failed');
  }, 180_000);
  afterAll(() => world?.stop(), 60_000);

  it('are approved by a rule and carried out', async () => {
    const { status } = await requests().get('first');
    expect(status).toMatchObject({
      phase: 'Applied',
      verdict: { by: 'rule', rule: 0, verdict: 'approve' },
      evidence: { tenantsOfOwner: 0, members: 2, environments: 2 },
    });
    expect(
      (await resources.tenants(world.admin).get('rates-one')).spec.plan,
    ).toBe('small');
  });

  it('wait for a person if no rule matches', async () => {
    await requests(rita).create(request('second', 'rates-two'));
    const { status } = await phase('second', 'Open');
    expect(findCondition(status, 'Decided')?.message).toBe(
      'Pending approval by group:default/platform',
    );
    await requests(petra).patchStatus('second', verdict('user:default/petra'));
    const done = await phase('second', 'Applied', 'Failed');
    expect(why(done)).toBe('Tenant rates-two was created');
  });

  it('cannot be decided by requesters, in another name, or by outsiders', async () => {
    await requests(petra).create(
      request('own', 'petra-desk', { requestedBy: 'user:default/petra' }),
    );
    await requests(rita).create(request('other', 'rates-three'));
    await phase('other', 'Open');
    const decide = (client: KubeClient, name: string, by: string) =>
      requests(client).patchStatus(name, verdict(by));
    for (const stranger of [rita, world.as('user:default/eve')])
      await expect(requests(stranger).get('other')).rejects.toThrow(
        'cannot get',
      );
    await expect(
      decide(world.as('user:default/eve'), 'other', 'user:default/eve'),
    ).rejects.toThrow('Only the approvers of the plan can decide');
    await expect(decide(petra, 'other', 'user:default/paul')).rejects.toThrow(
      'verdict.by must be user:default/petra',
    );
    await expect(decide(petra, 'other', 'rule')).rejects.toThrow(
      'You can decide only in your own name',
    );
    await expect(decide(rita, 'other', 'user:default/rita')).rejects.toThrow(
      'You cannot decide your own request',
    );
    await expect(
      requests(rita).patchStatus('other', { phase: 'Approved' }),
    ).rejects.toThrow(
      'You can only decide, withdraw or comment on a pending request',
    );
    await expect(
      requests(petra).patchStatus('other', {
        ...verdict('user:default/petra'),
        evidence: { tenantsOfOwner: 7 },
      }),
    ).rejects.toThrow('Only the operator can write evidence, conditions');
  });

  it('can be denied', async () => {
    await requests(petra).patchStatus(
      'other',
      verdict('user:default/petra', 'deny'),
    );
    const { status } = await phase('other', 'Denied');
    expect(findCondition(status, 'Decided')?.message).toBe(
      'Denied by user:default/petra: Seen and agreed.',
    );
  });

  it('can be withdrawn only by their requesters', async () => {
    await requests(rita).create(request('regret', 'rates-four'));
    await phase('regret', 'Open');
    await expect(
      requests(world.as('user:default/eve')).patchStatus('regret', {
        phase: 'Withdrawn',
      }),
    ).rejects.toThrow('Only the requester can withdraw a request');
    await requests(rita).patchStatus('regret', { phase: 'Withdrawn' });
    await expect(
      requests(petra).patchStatus('regret', verdict('user:default/petra')),
    ).rejects.toThrow('The request is no longer pending');
    const { status } = await eventually('The time is kept', async () => {
      const found = await requests().get('regret');
      return findCondition(found.status, 'Applied') ? found : undefined;
    });
    expect(status?.phase).toBe('Withdrawn');
    expect(findCondition(status, 'Applied')).toMatchObject({
      reason: 'Withdrawn',
      message: 'Withdrawn by user:default/rita',
      lastTransitionTime: expect.stringMatching(/^\d{4}-/),
    });
  });

  it('are created in one’s own name, for one’s own group, and for one’s own tenants', async () => {
    const attempt = (
      client: KubeClient,
      ...change: Parameters<typeof request>
    ) => requests(client).create(request(...change));
    const eve = world.as('user:default/eve', 'group:default/others');
    await expect(attempt(eve, 'x1', 'x')).rejects.toThrow(
      'requestedBy must be user:default/eve',
    );
    const requestedBy = 'user:default/eve';
    await expect(attempt(eve, 'x2', 'x', { requestedBy })).rejects.toThrow(
      'You must be a member of one of the owner groups',
    );
    await expect(
      attempt(eve, 'x3', 'rates-one', {
        requestedBy,
        action: 'setEnvironments',
        proposed: { environments: [] },
      }),
    ).rejects.toThrow('Only owners of the tenant can request changes');
  });

  it('are denied to owners of one tenant who name another', async () => {
    await eventually('Rita owns rates-one', () =>
      world.may(rita, 'request-change', 'tenants', {
        namespace: 'rates-one--home',
        group: 'bailiwick.dev',
      }),
    );
    await resources
      .tenants(world.admin)
      .create(tenant('victim', { owners: ['group:default/others'] }));
    const change = {
      action: 'setEnvironments' as const,
      proposed: { environments: [{ name: 'mine' }] },
    };
    const namespace = 'rates-one--home';
    await expect(
      requests(rita).create(
        request('steal', 'victim', {
          ...change,
          target: { kind: 'Tenant', name: 'victim', namespace },
        }),
      ),
    ).rejects.toThrow(
      'A request about a tenant must not have a target namespace',
    );
    await expect(
      requests(rita).create(request('steal', 'victim', change)),
    ).rejects.toThrow('Only owners of the tenant can request changes');
  });

  it('change the environments of a tenant', async () => {
    await eventually('Rita owns it', () =>
      world.may(rita, 'request-change', 'tenants', {
        namespace: 'rates-one--home',
        group: 'bailiwick.dev',
      }),
    );
    const environments = [...tenant('x').spec.environments, { name: 'test' }];
    await requests(rita).create(
      request('more', 'rates-one', {
        action: 'setEnvironments',
        proposed: { environments },
      }),
    );
    await phase('more', 'Open');
    await requests(petra).patchStatus('more', verdict('user:default/petra'));
    await phase('more', 'Applied');
    const { spec } = await resources.tenants(world.admin).get('rates-one');
    expect(spec.environments.map(({ name }) => name)).toEqual([
      'dev',
      'prod',
      'test',
    ]);
  });

  it.each([
    [
      'the tenant exists',
      'f1',
      'rates-one',
      {},
      'Tenant "rates-one" already exists; choose another name',
    ],
    [
      'the plan does not exist',
      'f2',
      'rates-five',
      { proposed: { ...tenant('x').spec, plan: 'huge' } },
      'Plan "huge" was not found',
    ],
    [
      'the name is refused',
      'f3',
      'kube-desk',
      {},
      'A tenant name must not be "default" or start with kube',
    ],
    [
      'the plan allows fewer environments',
      'f4',
      'rates-six',
      {
        proposed: {
          ...tenant('x').spec,
          environments: ['a', 'b', 'c', 'd'].map(name => ({ name })),
        },
      },
      'Plan Small allows at most 3 environments, and the request has 4; remove some, or choose a larger plan',
    ],
  ])(
    'fail with clear words when %s',
    async (_, name, target, change, words) => {
      await requests(rita).create(request(name, target, change));
      expect(why(await phase(name, 'Failed'))).toContain(words);
    },
  );

  it.each([
    ['a--b', 'must not contain "--"'],
    ['openshift-x', 'these are reserved'],
    ['x'.repeat(41), 'must be at most 40 characters long'],
    ['x'.repeat(63), 'must be at most 40 characters long'],
    ['x'.repeat(64), 'Too long: may not be more than 63'],
    ['Rates', 'spec.target.name'],
    // The second letter is Cyrillic.
    ['r\u0430tes', 'spec.target.name'],
  ])('reject the name %s with the reason', async (to, words) => {
    const name = `bad-${Buffer.from(to).toString('hex').slice(0, 8)}-${
      to.length
    }`;
    const said = await requests(rita)
      .create(request(name, to))
      .then(
        async () => why(await phase(name, 'Failed')),
        (error: Error) => error.message,
      );
    expect(said).toContain(words);
  });

  it('are not simplified by a proposed plan that does not count', async () => {
    await resources.plans(world.admin).create(
      plan('lax', {
        environments: { max: 20, names: ['dev'] },
        approval: {
          rules: [{ when: 'true', verdict: 'approve', reason: 'Always.' }],
          deciders: ['group:default/rates'],
        },
      }),
    );
    const environments = ['a', 'b', 'c', 'd'].map(name => ({ name }));
    const proposed = { environments, plan: 'lax' };
    const action = 'setEnvironments';
    await requests(rita).create(
      request('sly', 'rates-one', { action, proposed }),
    );
    expect(why(await phase('sly', 'Failed', 'Open', 'Applied'))).toBe(
      'Action "setEnvironments" accepts only environments or add; remove plan',
    );
    const { spec } = await resources.tenants(world.admin).get('rates-one');
    expect(spec.plan).toBe('small');
  });

  it("record the time of the decision by the operator's clock", async () => {
    await requests(rita).create(request('backdated', 'rates-clock'));
    await phase('backdated', 'Open');
    const { verdict: wrong } = verdict('user:default/petra', 'deny');
    await requests(petra).patchStatus('backdated', {
      verdict: { ...wrong, at: '2020-01-01T00:00:00Z' },
    });
    const { status } = await phase('backdated', 'Denied');
    const age = Date.now() - Date.parse(status!.verdict!.at);
    expect(Math.abs(age)).toBeLessThan(60_000);
  });

  it('create no tenant with a look-alike name', async () => {
    await requests(petra).create(
      request('alike', 'rates-0ne', { requestedBy: 'user:default/petra' }),
    );
    expect(why(await phase('alike', 'Failed'))).toContain('rates-one');
  });

  it('expire without a decision', async () => {
    const expiresAt = new Date(Date.now() + 2000).toISOString();
    await requests(rita).create(request('brief', 'rates-seven', { expiresAt }));
    await phase('brief', 'Open');
    expect(why(await phase('brief', 'Expired'))).toBe(
      'Expired before a decision',
    );
  });

  it('are never approved by a rule that cannot be evaluated', async () => {
    await resources.plans(world.admin).create(
      plan('broken', {
        approval: {
          rules: [
            {
              when: 'evidence.usedRatio7d < 2.0',
              verdict: 'approve',
              reason: 'Never.',
            },
            { when: 'true', verdict: 'approve', reason: 'Never either.' },
          ],
          deciders: ['group:default/leads'],
        },
      }),
    );
    const proposed = { ...tenant('x').spec, plan: 'broken' };
    await requests(rita).create(request('odd', 'rates-eight', { proposed }));
    const { status } = await phase('odd', 'Open', 'Applied');
    expect(status?.phase).toBe('Open');
    expect(findCondition(status, 'Decided')?.message).toContain(
      "Rule 1 can't be evaluated",
    );
  });

  it('are decided by the people whom the plan names', async () => {
    const lead = world.as('user:default/lena', 'group:default/leads');
    // RBAC applies a new binding a moment after its creation.
    await eventually('The right to decide', () =>
      requests(lead).patchStatus('odd', verdict('user:default/lena')),
    );
    expect((await phase('odd', 'Applied')).status?.verdict?.by).toBe(
      'user:default/lena',
    );
  });

  it('cannot be changed after their creation', async () => {
    await expect(
      requests().patch('first', { spec: { reason: 'Another one.' } }),
    ).rejects.toThrow("A request can't be changed after creation");
  });

  it('can be withdrawn, not decided, before an operator has checked them', async () => {
    await world.stopOperator();
    await requests(rita).create(request('early', 'rates-nine'));
    await expect(
      requests(petra).patchStatus('early', verdict('user:default/petra')),
    ).rejects.toThrow('The operator has not evaluated the request yet');
    await expect(
      requests(petra).patchStatus('early', { phase: 'Withdrawn' }),
    ).rejects.toThrow('Only the requester can withdraw a request');
    await requests(rita).patchStatus('early', { phase: 'Withdrawn' });
  });
});
