import { environmentRules } from './rules';

const environment = { name: 'prod', cluster: 'local', protected: true };

describe('environmentIs', () => {
  const { apply } = environmentRules.environmentIs;

  it.each([
    [{}, true],
    [{ names: ['dev', 'prod'] }, true],
    [{ names: ['dev'] }, false],
    [{ protected: true }, true],
    [{ protected: false }, false],
    [{ names: ['prod'], protected: false }, false],
  ])('with %j is %s for a protected prod', (params, expected) => {
    expect(apply({ environment }, params)).toBe(expected);
  });
});

describe('isTenantMember', () => {
  it('has no members if the tenant does not exist', () => {
    const { apply } = environmentRules.isTenantMember;
    const claims = ['group:default/platform'];
    expect(apply({ environment, tenant: undefined }, { claims })).toBe(false);
  });
});
