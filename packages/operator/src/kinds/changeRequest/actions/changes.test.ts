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

  it('is not carried out, and says why', () => {
    const early = '2026-11-18T00:00:00Z';
    expect(asked('setMembers', { members: [] }, early)).toThrow(
      'was cordoned after this was asked, because: An incident.; ask again',
    );
    expect(asked('offboard', { confirm: 'desk' }, early)).toThrow('cordoned');
  });

  it('is, when it was asked since, or renews', () => {
    const later = '2026-11-19T12:00:00Z';
    const expiresAt = '2027-06-01T00:00:00Z';
    expect(asked('setMembers', { members: [] }, later)).not.toThrow();
    expect(asked('renew', { expiresAt }, '2026-11-18T00:00:00Z')).not.toThrow();
  });
});

describe('what a change replaces', () => {
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

describe('a renewal makes no life shorter', () => {
  const spec = {
    expiresAt: '2027-03-01T00:00:00Z',
    environments: [dev, { ...prod, expiresAt: '2027-02-01T00:00:00Z' }],
  };

  it.each([
    [
      { expiresAt: '2026-12-01T00:00:00Z' },
      'The tenant desk ends on 2027-03-01T00:00:00Z: choose an end after that',
    ],
    [{ expiresAt: '2027-03-01T00:00:00Z' }, 'choose an end after that'],
    [
      { environments: [{ name: 'prod', expiresAt: '2027-01-01T00:00:00Z' }] },
      'The environment prod ends on 2027-02-01T00:00:00Z',
    ],
    [
      { environments: [{ name: 'dev', expiresAt: '2027-01-01T00:00:00Z' }] },
      'The environment dev has no end of its own, so there is nothing to renew',
    ],
    [
      { environments: [{ name: 'prod', expiresAt: '2027-04-01T00:00:00Z' }] },
      'The environment prod would end on 2027-04-01T00:00:00Z, after its tenant',
    ],
  ])('with %j', (proposed, message) => {
    expect(() => check('renew', proposed, { spec })).toThrow(message);
  });

  it('and there is none of a tenant without an end', () => {
    expect(() => check('renew', { expiresAt: '2027-01-01T00:00:00Z' })).toThrow(
      'The tenant desk has no end of its own',
    );
  });

  it('and is done when it is carried out once more', () => {
    const one = work('renew', { expiresAt: spec.expiresAt }, { spec });
    one.request.status = { phase: 'Approved' };
    expect(() => actionOf(one.request).check(one)).not.toThrow(
      'choose an end after that',
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
      'desk has these members already; there is nothing to change',
    );
  });
});

describe('a change is refused', () => {
  it.each([
    ['changePlan', { plan: 'small' }, 'desk has the plan small already'],
    [
      'transfer',
      { owners: ['group:default/rates'] },
      'desk belongs to group:default/rates already; there is nothing to change',
    ],
    ['uncordon', {}, 'desk is not cordoned'],
    ['setMembers', { members: tenant('x').spec.members }, 'members already'],
    ['offboard', { confirm: 'desc' }, 'type the name of the tenant, desk'],
    [
      'renew',
      { expiresAt: '2026-01-01T00:00:00Z' },
      'The end 2026-01-01T00:00:00Z has passed already',
    ],
    [
      'renew',
      { expiresAt: '2028-01-01T00:00:00Z' },
      'The plan Small ends after 365d at the latest: choose an end until 2027-11-20T00:00:00.000Z, not 2028-01-01T00:00:00Z',
    ],
    [
      'renew',
      { environments: [{ name: 'demo', expiresAt: '2027-01-01T00:00:00Z' }] },
      'has no environment "demo" to renew',
    ],
    [
      'setEnvironments',
      { add: [{ name: 'dev', protected: true }] },
      'There is an environment "dev" already',
    ],
    [
      'setEnvironments',
      { add: [{ name: 'test', limits: { cpu: '3' } }] },
      'The plan Small allows an environment cpu 2, and 3 is asked for in test',
    ],
    [
      'setEnvironments',
      { add: [{ name: 'a' }, { name: 'b' }] },
      'allows at most 3 environments, and 4 are asked for',
    ],
    ['changePlan', { plan: 'large', owners: [] }, 'leave out owners'],
  ] as const)('%s %j', (action, proposed, words) => {
    expect(() => check(action, proposed)).toThrow(words);
  });

  it('about a tenant that is gone, going, or another one by now', () => {
    const proposed = { members: [] };
    const gone = work('setMembers', proposed);
    delete gone.facts.tenant;
    expect(() => actionOf(gone.request).check(gone)).toThrow(
      'There is no tenant "desk": it was deleted, or never made',
    );
    const found = tenant('desk');
    found.metadata.deletionTimestamp = now.toISOString();
    expect(() => check('setMembers', proposed, { found })).toThrow(
      'is being deleted',
    );
    const anew = work('setMembers', proposed);
    anew.request.status = { evidence: { tenantUid: 'an earlier one' } };
    expect(() => actionOf(anew.request).check(anew)).toThrow(
      'was deleted and made anew after this was asked',
    );
  });

  it('by a plan that vanished, when it needs one', () => {
    const lost = (action: ChangeAction, proposed: Record<string, unknown>) => {
      const one = work(action, proposed);
      delete one.facts.plan;
      return () => actionOf(one.request).check(one);
    };
    const words =
      /There is no plan "\w+" \(any more\); choose another plan, or ask the platform team/;
    expect(lost('changePlan', { plan: 'large' })).toThrow(words);
    expect(lost('setEnvironments', { add: [{ name: 'test' }] })).toThrow(words);
    expect(lost('renew', { expiresAt: '2027-01-01T00:00:00Z' })).toThrow(words);
    expect(lost('setMembers', { members: [] })).not.toThrow();
  });

  it('once more while it is cordoned for the same reason', () => {
    expect(() =>
      check('cordon', { reason: cordon.reason }, { spec: { cordon } }),
    ).toThrow('desk is cordoned already, because: An incident.');
  });

  it('to a plan that is too small for what is used, with both numbers', () => {
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
      'The plan Tiny is too small for what is used now: dev uses cpu 1500m of 500m that it would have, prod uses cpu 1500m of 500m that it would have',
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
    ).toThrow(
      'All environments together would have more than the budget of the plan Small: cpu 6 of 5',
    );
    const limits = { cpu: '1' };
    expect(() =>
      check(
        'setEnvironments',
        { add: [{ name: 'test', limits }] },
        { by: tight },
      ),
    ).not.toThrow();
  });

  it('when the limits of an environment would be below what it uses', () => {
    const limits = { memory: '1Gi' };
    expect(() =>
      check(
        'setEnvironments',
        { environments: [{ ...dev, limits }, prod] },
        { used: { 'requests.memory': '2Gi' } },
      ),
    ).toThrow('dev uses memory 2Gi of 1Gi that it would have');
  });
});
