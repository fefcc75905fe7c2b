import { aPlan, aTenant } from '../__fixtures__/objects';
import type { ChangeAction } from '../kinds';
import { judge } from './judge';
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
  ] as const)('lets %s be judged by the plan %s', (action, name) => {
    const facts = requestFacts(asked(action, { plan: 'large' }), {
      plans,
      tenant: desk,
      ofOwners: tenants,
    });
    expect(facts.planName).toBe(name);
    expect(facts.plan?.metadata.name).toBe(name);
  });

  it('counts the tenants of those who shall own a new one', () => {
    const facts = requestFacts(asked('create', { ...aTenant().spec }, 'new'), {
      plans,
      tenant: undefined,
      ofOwners: tenants,
    });
    expect(facts.evidence).toEqual({
      tenantsOfOwner: 2,
      members: 0,
      environments: 1,
    });
    const when = 'request.tenantsOfOwner < 3 && request.to.order == 10';
    const rule = { when, verdict: 'approve' as const, reason: 'Few.' };
    expect(judge([rule], facts).decision?.position).toBe(0);
  });

  it('counts what a tenant has that is there, whoever is proposed', () => {
    const { evidence, tenant } = requestFacts(
      asked('transfer', { owners: ['group:default/fx'] }),
      { plans, tenant: desk, ofOwners: tenants },
    );
    expect(tenant).toBe(desk);
    expect(evidence).toEqual({
      tenantsOfOwner: 2,
      members: 1,
      environments: 1,
    });
  });

  it('needs no other tenants than those of the owners', () => {
    const request = asked('create', { ...aTenant().spec }, 'new');
    const owners = ownersOf(request, undefined);
    const few = tenants.filter(({ spec }) =>
      spec.owners.some(owner => owners.includes(owner)),
    );
    expect(few).toHaveLength(3);
    const none = { plans, tenant: undefined };
    expect(requestFacts(request, { ...none, ofOwners: few })).toEqual(
      requestFacts(request, { ...none, ofOwners: tenants }),
    );
  });

  it.each([
    { owners: 'rates' },
    { owners: [5, null, {}] },
    { members: 5, environments: null },
    {},
  ])('takes %j for nothing', proposed => {
    const request = asked('create', proposed, 'new');
    expect(ownersOf(request, undefined)).toEqual([]);
    const { evidence, plan } = requestFacts(request, {
      plans,
      tenant: undefined,
      ofOwners: tenants,
    });
    expect(plan).toBeUndefined();
    expect(evidence).toEqual({
      tenantsOfOwner: 0,
      members: 0,
      environments: 0,
    });
  });
});
