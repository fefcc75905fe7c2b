import { aPlan, aTenant } from '../../__fixtures__/objects';
import type { ChangeAction } from '../../kinds';
import { evaluateRules } from './evaluateRules';
import { ownersOf, requestFacts } from './requestFacts';

const plans = new Map(
  [aPlan('small'), aPlan('large')].map(plan => [plan.metadata.name, plan]),
);
const desk = aTenant({
  members: [{ subject: 'user:default/bea', role: 'builder' }],
});
const goes = aTenant({}, 'goes');
goes.metadata.deletionTimestamp = '2026-11-20T00:00:00Z';
const tenants = [
  desk,
  aTenant({}, 'second-desk'),
  aTenant({ owners: ['group:default/fx'] }, 'fx-desk'),
  goes,
];

function asked(
  action: ChangeAction,
  proposed: Record<string, unknown>,
  name = 'rates-desk',
) {
  return {
    action,
    proposed,
    target: { kind: 'Tenant' as const, name },
    requestedBy: 'user:default/rita',
  };
}

describe('requestFacts', () => {
  it.each([
    ['create', 'large'],
    ['changePlan', 'large'],
    ['setEnvironments', 'small'],
    ['renew', 'small'],
  ] as const)('judges %s by the plan %s', (action, name) => {
    const facts = requestFacts(asked(action, { plan: 'large' }), {
      plans,
      tenants,
    });
    expect(facts.planName).toBe(name);
    expect(facts.plan?.metadata.name).toBe(name);
  });

  it('counts the tenants of the new owners', () => {
    const { spec } = aTenant();
    const facts = requestFacts(asked('create', { ...spec }, 'new-desk'), {
      plans,
      tenants,
    });
    expect(facts.tenant).toBeUndefined();
    expect(facts.evidence).toEqual({
      tenantsOfOwner: 2,
      members: 0,
      environments: 1,
    });
    const when = 'request.tenantsOfOwner < 3 && request.to.order == 10';
    const rule = { when, verdict: 'approve' as const, reason: 'Few.' };
    expect(evaluateRules([rule], facts).decision?.position).toBe(0);
  });

  it('counts the existing resources of a tenant, for any proposed owners', () => {
    const proposed = { owners: ['group:default/fx'] };
    const { evidence, tenant } = requestFacts(asked('transfer', proposed), {
      plans,
      tenants,
    });
    expect(tenant).toBe(desk);
    expect(evidence).toEqual({
      tenantsOfOwner: 2,
      members: 1,
      environments: 1,
    });
  });

  it('needs no more tenants than the one it is about and those of its owners', () => {
    const proposed = { ...aTenant().spec };
    const few = tenants.filter(({ spec }) =>
      spec.owners.some(owner =>
        ownersOf({ proposed }, undefined).includes(owner),
      ),
    );
    const request = asked('create', proposed, 'new-desk');
    expect(few).toHaveLength(3);
    expect(requestFacts(request, { plans, tenants: few })).toEqual(
      requestFacts(request, { plans, tenants }),
    );
  });

  it.each([
    { owners: 'rates' },
    { owners: [5, null, {}] },
    { members: 5, environments: null },
    {},
  ])('ignores %j', proposed => {
    const { evidence, plan } = requestFacts(
      asked('create', proposed, 'new-desk'),
      { plans, tenants },
    );
    expect(plan).toBeUndefined();
    expect(evidence).toEqual({
      tenantsOfOwner: 0,
      members: 0,
      environments: 0,
    });
  });
});
