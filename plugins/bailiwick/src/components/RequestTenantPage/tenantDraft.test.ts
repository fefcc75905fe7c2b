import {
  tenantKind,
  validate,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { aPlan } from '../../__fixtures__/views';
import { emptyDraft, problemsOf, specOf } from './tenantDraft';

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

describe('problemsOf', () => {
  it('finds nothing in a complete draft, nor does the kind itself', () => {
    expect(problemsOf(draft, aPlan(), free)).toEqual({});
    const tenant = { metadata: { name: draft.name }, spec: specOf(draft) };
    expect(validate(tenantKind, tenant)).toEqual([]);
  });

  it('asks for everything that is needed', () => {
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

  it('refuses a name that is taken or asked for, in the words of the portal', () => {
    expect(
      problemsOf(draft, aPlan(), { tenants: ['rates-desk'], waiting: [] }).name,
    ).toBe('There is a tenant "rates-desk" already; choose another name');
    expect(
      problemsOf(draft, aPlan(), { tenants: [], waiting: ['rates-desk'] }).name,
    ).toBe(
      'A request for a tenant "rates-desk" is waiting already; choose another name',
    );
  });

  it('counts environments against the plan', () => {
    const environments = ['dev', 'test'];
    expect(problemsOf({ ...draft, environments }, aPlan(), free)).toEqual({
      environments: 'The plan allows 1 environment, you chose 2',
    });
    expect(problemsOf({ ...draft, environments: [] }, aPlan(), free)).toEqual({
      environments: 'needs at least one environment',
    });
  });
});
