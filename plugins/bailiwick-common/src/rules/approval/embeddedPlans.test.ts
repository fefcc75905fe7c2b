import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { planKind, type Plan } from '../../kinds/plan';
import { validate } from '../../kinds/schema/kind';
import { evaluateRules } from './evaluateRules';

const file = join(
  __dirname,
  '../../../../../charts/bailiwick/embedded/plans.yaml',
);
const plans: Plan[] = parseAllDocuments(readFileSync(file, 'utf8')).map(one =>
  one.toJS(),
);
const described = (name: string) => {
  const plan = plans.find(({ metadata }) => metadata.name === name)!;
  return { name, order: plan.spec.order, title: plan.spec.title };
};

/** Returns the decision of a plan's rules, as the operator evaluates them. */
function verdictOf(
  name: string,
  request: Record<string, unknown>,
  evidence: Record<string, unknown> = {},
): string {
  const plan = plans.find(({ metadata }) => metadata.name === name)!;
  const { decision, problems } = evaluateRules(plan.spec.approval.rules ?? [], {
    request,
    evidence,
  });
  expect(problems).toEqual([]);
  return decision?.rule.verdict ?? 'people';
}

const creation = (plan: string, owners: number, members = 0) => ({
  action: 'create',
  tenantsOfOwner: 0,
  to: described(plan),
  proposed: {
    owners: Array.from({ length: owners }, (_, i) => `group:default/g${i}`),
    members: Array.from({ length: members }, (_, i) => ({ subject: `u${i}` })),
  },
});

const raise = (from: string, to: string) => ({
  action: 'changePlan',
  from: described(from),
  to: described(to),
});

describe('the embedded plans', () => {
  it.each(plans)('$metadata.name fits its kind', plan => {
    expect(validate(planKind, plan)).toEqual([]);
  });

  it.each([
    ['sandbox', 0, 'approve'],
    ['sandbox', 2, 'approve'],
    ['sandbox', 3, 'people'],
    ['small', 0, 'people'],
    ['medium', 0, 'people'],
  ])(
    'decides about a new %s for owners of %s tenants by: %s',
    (plan, count, by) => {
      const request = { ...creation(plan, 1), tenantsOfOwner: count };
      expect(verdictOf(plan, request, { tenantsOfOwner: count })).toBe(by);
    },
  );

  it('requires people for a sandbox of several owners, or for many', () => {
    expect(verdictOf('sandbox', creation('sandbox', 2))).toBe('people');
    const { members: _, ...alone } = creation('sandbox', 1).proposed;
    const request = { ...creation('sandbox', 1), proposed: alone };
    expect(verdictOf('sandbox', request)).toBe('approve');
    expect(verdictOf('sandbox', creation('sandbox', 1, 20))).toBe('approve');
    expect(verdictOf('sandbox', creation('sandbox', 1, 21))).toBe('people');
  });

  it.each(['sandbox', 'small', 'medium'])(
    'lets owners of a %s choose at most twenty members themselves',
    plan => {
      const { proposed } = creation(plan, 1, 20);
      const request = { action: 'setMembers', proposed };
      expect(verdictOf(plan, request)).toBe('approve');
      request.proposed.members.push({ subject: 'one more' });
      expect(verdictOf(plan, request)).toBe('people');
    },
  );

  it.each([
    ['sandbox', 'small', 0.81, 'approve'],
    ['small', 'medium', 0.81, 'approve'],
    ['small', 'medium', 1, 'approve'],
    ['small', 'medium', 0.8, 'people'],
    ['sandbox', 'medium', 0.99, 'people'],
  ])('leads from %s to %s at %s of a limit by: %s', (from, to, ratio, by) => {
    const evidence = { usedRatio: 1, usedRatio7d: ratio };
    expect(verdictOf(to, raise(from, to), evidence)).toBe(by);
  });

  it('requires people while the usage of the week is unknown', () => {
    expect(
      verdictOf('medium', raise('small', 'medium'), { usedRatio: 1 }),
    ).toBe('people');
  });

  it('lets a tenant shrink at once', () => {
    expect(verdictOf('small', raise('medium', 'small'))).toBe('approve');
  });

  it.each([
    ['sandbox', {}, 'approve'],
    ['small', {}, 'approve'],
    ['medium', { usedRatio7d: 0.02 }, 'approve'],
    ['medium', { usedRatio: 1, usedRatio7d: 0 }, 'people'],
    ['medium', {}, 'people'],
  ])('renews a %s with %j by: %s', (plan, evidence, by) => {
    const request = { action: 'renew', from: described(plan) };
    expect(verdictOf(plan, request, evidence)).toBe(by);
  });

  it.each(['sandbox', 'small', 'medium'])(
    'leaves the end, owners and environments of a %s to people',
    plan => {
      for (const action of ['offboard', 'transfer', 'setEnvironments'])
        expect(verdictOf(plan, { action, from: described(plan) })).toBe(
          'people',
        );
    },
  );
});
