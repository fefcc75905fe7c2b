import { plan, request, tenant } from '@bailiwick/backstage-testing/objects';
import type {
  ChangeAction,
  Plan,
  Tenant,
  TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { actionOf, type Work } from '.';

const now = new Date('2026-11-20T00:00:00Z');
const small = plan('small', { maxLifetime: '365d' });

function work(
  action: ChangeAction,
  proposed: Record<string, unknown>,
  {
    spec = {},
    used = {},
    by = small,
    found = tenant('desk', spec),
  }: {
    spec?: Partial<TenantSpec>;
    used?: Record<string, string>;
    by?: Plan | undefined;
    found?: Tenant;
  } = {},
): Work {
  return {
    request: request('r', 'desk', { action, proposed }),
    facts: {
      missingClusters: () => [],
      tenant: found,
      plan: by,
      usedIn: () => used,
      request: {},
      evidence: {},
    },
    now,
    signal: new AbortController().signal,
  };
}

const check = (...args: Parameters<typeof work>) => {
  const one = work(...args);
  return actionOf(one.request).check(one);
};
const cordon = {
  reason: 'An incident.',
  by: 'user:default/rita',
  at: '2026-11-19T00:00:00Z',
};
const [dev, prod] = tenant('desk').spec.environments;

describe('a request from before a cordon', () => {
  const asked = (action: ChangeAction, proposed: object, at: string) => {
    const spec = { cordon, expiresAt: '2027-01-01T00:00:00Z' } as object;
    const one = work(action, { ...proposed }, { spec });
    one.request.metadata.creationTimestamp = at;
    return () => actionOf(one.request).check(one);
  };

  it('is rejected with the reason', () => {
    const early = '2026-11-18T00:00:00Z';
    expect(asked('setMembers', { members: [] }, early)).toThrow(
      'was cordoned after this request: An incident.; send a new request',
    );
    expect(asked('offboard', { confirm: 'desk' }, early)).toThrow('cordoned');
  });

  it('is accepted if requested later, or as a renewal', () => {
    const later = '2026-11-19T12:00:00Z';
    const expiresAt = '2027-06-01T00:00:00Z';
    expect(asked('setMembers', { members: [] }, later)).not.toThrow();
    expect(asked('renew', { expiresAt }, '2026-11-18T00:00:00Z')).not.toThrow();
  });
});

describe('the values that a change replaces', () => {
  it.each([
    ['changePlan', { plan: 'large' }, {}, { plan: 'small' }],
    [
      'setEnvironments',
      { environments: [{ name: 'dev' }] },
      {},
      { environments: [dev, prod] },
    ],
    [
      'setEnvironments',
      { add: [{ name: 'test' }] },
      {},
      { environments: [dev, prod] },
    ],
    ['setMembers', { members: [] }, {}, { members: tenant('x').spec.members }],
    [
      'renew',
      { expiresAt: '2027-02-01T00:00:00Z' },
      { expiresAt: '2027-01-01T00:00:00Z' },
      { expiresAt: '2027-01-01T00:00:00Z' },
    ],
    [
      'renew',
      { environments: [{ name: 'dev', expiresAt: '2027-02-01T00:00:00Z' }] },
      { environments: [{ ...dev, expiresAt: '2027-01-01T00:00:00Z' }] },
      { environments: [{ name: 'dev', expiresAt: '2027-01-01T00:00:00Z' }] },
    ],
    [
      'transfer',
      { owners: ['group:default/fx'] },
      {},
      { owners: ['group:default/rates'] },
    ],
    ['cordon', { reason: 'An incident.' }, {}, undefined],
  ] as const)('is told in the shape of the proposal of %s', (...one) => {
    const [action, proposed, spec, before] = one;
    expect(check(action, proposed, { spec: spec as object })).toEqual(before);
  });

  it('is nothing for an offboarding', () => {
    expect(check('offboard', { confirm: 'desk' })).toBeUndefined();
  });
});

describe('a renewal shortens no lifetime', () => {
  const spec = {
    expiresAt: '2027-03-01T00:00:00Z',
    environments: [dev, { ...prod, expiresAt: '2027-02-01T00:00:00Z' }],
  };

  it.each([
    [
      { expiresAt: '2026-12-01T00:00:00Z' },
      'Tenant desk expires on 2027-03-01T00:00:00Z; choose a later date',
    ],
    [{ expiresAt: '2027-03-01T00:00:00Z' }, 'choose a later date'],
    [
      { environments: [{ name: 'prod', expiresAt: '2027-01-01T00:00:00Z' }] },
      'Environment prod expires on 2027-02-01T00:00:00Z',
    ],
    [
      { environments: [{ name: 'dev', expiresAt: '2027-01-01T00:00:00Z' }] },
      "Environment dev has no expiry, so it can't be renewed",
    ],
    [
      { environments: [{ name: 'prod', expiresAt: '2027-04-01T00:00:00Z' }] },
      'Environment prod would expire on 2027-04-01T00:00:00Z, after its tenant',
    ],
  ])('with %j', (proposed, message) => {
    expect(() => check('renew', proposed, { spec })).toThrow(message);
  });

  it('and there is none of a tenant without an end', () => {
    expect(() => check('renew', { expiresAt: '2027-01-01T00:00:00Z' })).toThrow(
      'Tenant desk has no expiry',
    );
  });

  it('and is done when it is carried out once more', () => {
    const one = work('renew', { expiresAt: spec.expiresAt }, { spec });
    one.request.status = { phase: 'Approved' };
    expect(() => actionOf(one.request).check(one)).not.toThrow(
      'choose a later date',
    );
  });
});

describe('the same members', () => {
  it('are nothing new, in whatever order their fields are', () => {
    const members = [
      { role: 'viewer', subject: 'user:default/tom' },
      { role: 'builder', subject: 'user:default/bea' },
    ];
    expect(() => check('setMembers', { members })).toThrow(
      'desk already has these members; no change needed',
    );
  });
});

describe('a change is refused', () => {
  it.each([
    ['changePlan', { plan: 'small' }, 'desk already has plan small'],
    [
      'transfer',
      { owners: ['group:default/rates'] },
      'desk already belongs to group:default/rates; no change needed',
    ],
    ['uncordon', {}, 'desk is not cordoned'],
    [
      'setMembers',
      { members: tenant('x').spec.members },
      'already has these members',
    ],
    [
      'offboard',
      { confirm: 'desc' },
      'send a new request with the name of the tenant, desk',
    ],
    [
      'renew',
      { expiresAt: '2026-01-01T00:00:00Z' },
      'Expiry 2026-01-01T00:00:00Z is in the past',
    ],
    [
      'renew',
      { expiresAt: '2028-01-01T00:00:00Z' },
      'Plan Small has a maximum lifetime of 365d; choose an expiry date no later than 2027-11-20T00:00:00.000Z, not 2028-01-01T00:00:00Z',
    ],
    [
      'renew',
      { environments: [{ name: 'demo', expiresAt: '2027-01-01T00:00:00Z' }] },
      'has no environment "demo" to renew',
    ],
    [
      'setEnvironments',
      { add: [{ name: 'dev', protected: true }] },
      'Environment "dev" already exists',
    ],
    [
      'setEnvironments',
      { add: [{ name: 'test', limits: { cpu: '3' } }] },
      'Plan Small limits cpu to 2 per environment, and test requests 3; reduce it, or choose a larger plan',
    ],
    [
      'setEnvironments',
      { add: [{ name: 'a' }, { name: 'b' }] },
      'allows at most 3 environments, and the request has 4',
    ],
    ['changePlan', { plan: 'large', owners: [] }, 'remove owners'],
  ] as const)('%s %j', (action, proposed, words) => {
    expect(() => check(action, proposed)).toThrow(words);
  });

  it('about a deleted, ending or replaced tenant', () => {
    const proposed = { members: [] };
    const gone = work('setMembers', proposed);
    delete gone.facts.tenant;
    expect(() => actionOf(gone.request).check(gone)).toThrow(
      'Tenant "desk" was not found; request a new tenant instead',
    );
    const found = tenant('desk');
    found.metadata.deletionTimestamp = now.toISOString();
    expect(() => check('setMembers', proposed, { found })).toThrow(
      'is being deleted',
    );
    const anew = work('setMembers', proposed);
    anew.request.status = { evidence: { tenantUid: 'an earlier one' } };
    expect(() => actionOf(anew.request).check(anew)).toThrow(
      'was deleted and recreated after this request',
    );
  });

  it('by a plan that vanished, when it needs one', () => {
    const lost = (action: ChangeAction, proposed: Record<string, unknown>) => {
      const one = work(action, proposed);
      delete one.facts.plan;
      return () => actionOf(one.request).check(one);
    };
    const words =
      /Plan "\w+" was not found; choose another plan, or ask the platform team/;
    expect(lost('changePlan', { plan: 'large' })).toThrow(words);
    expect(lost('setEnvironments', { add: [{ name: 'test' }] })).toThrow(words);
    expect(lost('renew', { expiresAt: '2027-01-01T00:00:00Z' })).toThrow(words);
    expect(lost('setMembers', { members: [] })).not.toThrow();
  });

  it('once more while it is cordoned for the same reason', () => {
    expect(() =>
      check('cordon', { reason: cordon.reason }, { spec: { cordon } }),
    ).toThrow('desk is already cordoned: An incident.');
  });

  it('to a plan that is too small for the usage, with both numbers', () => {
    const tiny = plan('tiny', {
      title: 'Tiny',
      perEnvironment: { ...small.spec.perEnvironment, cpu: '500m' },
    });
    expect(() =>
      check(
        'changePlan',
        { plan: 'tiny' },
        { by: tiny, used: { 'requests.cpu': '1500m' } },
      ),
    ).toThrow(
      'Plan Tiny is too small for the current usage: dev uses cpu 1500m, and the plan allows 500m, prod uses cpu 1500m, and the plan allows 500m',
    );
    expect(() =>
      check(
        'changePlan',
        { plan: 'tiny' },
        { by: tiny, used: { 'requests.cpu': '500m' } },
      ),
    ).not.toThrow();
  });

  it('over the budget of all environments, with both numbers', () => {
    const tight = plan('small', {
      budget: { cpu: '5', memory: '12Gi', storage: '60Gi', apps: 15 },
    });
    expect(() =>
      check('setEnvironments', { add: [{ name: 'test' }] }, { by: tight }),
    ).toThrow('The environments exceed the budget of plan Small: cpu 6 of 5');
    const limits = { cpu: '1' };
    expect(() =>
      check(
        'setEnvironments',
        { add: [{ name: 'test', limits }] },
        { by: tight },
      ),
    ).not.toThrow();
  });

  it('if the limits of an environment would be below its usage', () => {
    const limits = { memory: '1Gi' };
    expect(() =>
      check(
        'setEnvironments',
        { environments: [{ ...dev, limits }, prod] },
        { used: { 'requests.memory': '2Gi' } },
      ),
    ).toThrow('dev uses memory 2Gi, and the plan allows 1Gi');
  });
});
