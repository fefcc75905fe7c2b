import {
  tenantKind,
  validate,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { aPlan } from '../../__fixtures__/views';
import {
  chosen,
  emptyDraft,
  problemsOf,
  resizeEnvironments,
  specOf,
} from './tenantDraft';

const draft = {
  ...emptyDraft(),
  name: 'rates-desk',
  title: 'Rates desk',
  purpose: 'Prices.',
  reason: 'We need it.',
  owner: 'group:default/rates',
  plan: 'small',
};

const free = { tenants: [], waiting: [] };

describe('resizeEnvironments', () => {
  const names = ['dev', 'test', 'prod'];
  const namesOf = (count: number, ...before: string[]) =>
    resizeEnvironments(before.map(chosen), count, names).map(
      ({ name }) => name,
    );

  it('adds the next free name, and removes the last environment', () => {
    expect(namesOf(2, 'dev')).toEqual(['dev', 'test']);
    expect(namesOf(3, 'dev', 'prod')).toEqual(['dev', 'prod', 'test']);
    expect(namesOf(1, 'prod', 'dev')).toEqual(['prod']);
  });

  it('keeps one at least, and has no more than names', () => {
    expect(namesOf(0, 'dev', 'test')).toEqual(['dev']);
    expect(namesOf(9, 'dev')).toEqual(names);
  });
});

describe('problemsOf', () => {
  it('finds nothing in a complete draft, nor does the kind itself', () => {
    expect(problemsOf(draft, aPlan(), free)).toEqual({});
    const tenant = { metadata: { name: draft.name }, spec: specOf(draft) };
    expect(validate(tenantKind, tenant)).toEqual([]);
  });

  it('requires all necessary fields', () => {
    expect(
      Object.keys(problemsOf(emptyDraft(), undefined, free)).sort(),
    ).toEqual(['name', 'owner', 'plan', 'purpose', 'reason', 'title']);
  });

  it('judges the name in the words of the API server', () => {
    const [words] = validate(tenantKind, {
      metadata: { name: 'kube-x' },
      spec: specOf(draft),
    });
    expect(problemsOf({ ...draft, name: 'kube-x' }, aPlan(), free)).toEqual({
      name: words,
    });
  });

  it('rejects a used or requested name with the portal’s message', () => {
    expect(
      problemsOf(draft, aPlan(), { tenants: ['rates-desk'], waiting: [] }).name,
    ).toBe('Tenant "rates-desk" already exists; choose another name');
    expect(
      problemsOf(draft, aPlan(), { tenants: [], waiting: ['rates-desk'] }).name,
    ).toBe(
      'A request for a tenant "rates-desk" is already pending; choose another name',
    );
  });

  it('counts environments against the plan', () => {
    const environments = ['dev', 'test'].map(chosen);
    expect(problemsOf({ ...draft, environments }, aPlan(), free)).toEqual({
      environments: expect.stringMatching(
        /allows at most 1 environment, and the request has 2/,
      ),
    });
    expect(problemsOf({ ...draft, environments: [] }, aPlan(), free)).toEqual({
      environments: 'must have at least one environment',
    });
  });

  it('refuses limits that are no amounts, or above those of the plan', () => {
    const limited = (cpu: string) =>
      problemsOf(
        { ...draft, environments: [{ ...chosen('dev'), limits: { cpu } }] },
        aPlan(),
        free,
      ).environments;
    expect(limited('-1')).toMatch(/cpu: must be a quantity/);
    expect(limited('9')).toMatch(
      /limits cpu to 2 per environment, and dev requests 9/,
    );
    expect(limited('0.5')).toBeUndefined();
  });

  it('shows the portal’s message about the name', () => {
    const problem = 'The name is too similar to tenant "fx-desk"';
    expect(problemsOf(draft, aPlan(), { ...free, problem })).toEqual({
      name: problem,
    });
  });

  it('refuses an end that has passed, or that the plan does not allow', () => {
    const now = Date.parse('2026-11-20T12:00:00Z');
    const plan = aPlan({ maxLifetime: '365d' });
    const ending = (ends: string) =>
      problemsOf({ ...draft, ends }, plan, free, now).ends;
    expect(ending('2026-11-20')).toMatch(/is in the past/);
    expect(ending('2027-11-20')).toBeUndefined();
    expect(ending('2027-11-21')).toMatch(
      /maximum lifetime of 365d; choose an expiry date no later than November 20, 2027/,
    );
    const environments = [{ ...chosen('dev'), ends: '2026-11-01' }];
    expect(
      problemsOf({ ...draft, environments }, plan, free, now).environments,
    ).toMatch(/is in the past/);
  });

  it('requests protection, ends and a cost center from the form', () => {
    const dev = {
      ...chosen('dev'),
      isProtected: true,
      ends: '2027-01-31',
      limits: { cpu: '500m', memory: '' },
    };
    const full = {
      ...draft,
      environments: [dev],
      costCentre: ' 4711 ',
      ends: '2027-02-28',
    };
    const spec = specOf(full);
    expect(spec).toMatchObject({
      costCentre: '4711',
      expiresAt: '2027-02-28T00:00:00.000Z',
      environments: [
        {
          protected: true,
          expiresAt: '2027-01-31T00:00:00.000Z',
          limits: { cpu: '500m' },
        },
      ],
    });
    expect(validate(tenantKind, { metadata: { name: 'x' }, spec })).toEqual([]);
  });
});
