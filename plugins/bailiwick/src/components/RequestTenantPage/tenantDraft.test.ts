import {
  tenantKind,
  validate,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { aPlan } from '../../__fixtures__/views';
import { emptyDraft, nameOf, problemsOf, specOf } from './tenantDraft';

const draft = {
  ...emptyDraft(),
  name: 'rates-desk',
  title: 'Rates desk',
  purpose: 'Prices.',
  reason: 'We need it.',
  owner: 'group:default/rates',
  plan: 'small',
};

describe('nameOf', () => {
  it.each([
    ['Rates desk', 'rates-desk'],
    ['  Rates & Credit  ', 'rates-credit'],
    ['Zürich', 'zu-rich'],
    ['2nd desk', 'nd-desk'],
    ['!!!', ''],
    ['a--b', 'a-b'],
    [`${'x'.repeat(39)} desk`, 'x'.repeat(39)],
  ])('makes of "%s" the name "%s"', (title, name) => {
    expect(nameOf(title)).toBe(name);
  });
});

describe('problemsOf', () => {
  it('finds nothing in a complete draft, nor does the kind itself', () => {
    expect(problemsOf(draft, aPlan())).toEqual({});
    const tenant = { metadata: { name: draft.name }, spec: specOf(draft) };
    expect(validate(tenantKind, tenant)).toEqual([]);
  });

  it('asks for everything that is needed', () => {
    expect(Object.keys(problemsOf(emptyDraft(), undefined)).sort()).toEqual([
      'name',
      'owner',
      'plan',
      'purpose',
      'reason',
      'title',
    ]);
  });

  it('judges the name in the words of the API server', () => {
    const [words] = validate(tenantKind, {
      metadata: { name: 'kube-x' },
      spec: specOf(draft),
    });
    expect(problemsOf({ ...draft, name: 'kube-x' }, aPlan())).toEqual({
      name: words,
    });
  });

  it('counts environments against the plan', () => {
    const environments = ['dev', 'test'].map(name => ({
      name,
      protected: false,
    }));
    expect(problemsOf({ ...draft, environments }, aPlan())).toEqual({
      environments: 'The plan allows 1 environments, you chose 2',
    });
    expect(problemsOf({ ...draft, environments: [] }, aPlan())).toEqual({
      environments: 'needs at least one environment',
    });
  });
});
