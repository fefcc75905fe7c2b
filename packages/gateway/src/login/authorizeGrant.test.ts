import { aGrant, aTenant } from '../__testUtils__/objects';
import { authorizeGrant } from './authorizeGrant';

const target = {
  tenant: 'desk',
  environment: 'prod',
  app: 'feed',
  fn: 'prices',
};

const tenants = { findTenant: () => aTenant() };

describe('checkAccess', () => {
  it('opens every function unless the grant names some', () => {
    expect(() => authorizeGrant(aGrant(), target, tenants)).not.toThrow();
    expect(() =>
      authorizeGrant(aGrant({ functions: ['prices'] }), target, tenants),
    ).not.toThrow();
    expect(() =>
      authorizeGrant(aGrant({ functions: ['mean'] }), target, tenants),
    ).toThrow('This token is for mean, not for prices');
  });

  it.each([
    ['tenant', { tenant: 'other' }],
    ['environment', { environment: 'dev' }],
    ['app', { app: 'other' }],
  ])('does not open another %s', (_, change) => {
    expect(() =>
      authorizeGrant(aGrant(), { ...target, ...change }, tenants),
    ).toThrow('This token is for desk/prod/feed, not for');
  });

  it('does not open results with a token for the repository', () => {
    expect(() =>
      authorizeGrant(aGrant({ client: 'git' }), target, tenants),
    ).toThrow('is for the git repository');
  });

  it.each(['user:default/tom', 'group:default/traders', 'group:default/desk'])(
    'accepts %s while the tenant names that subject',
    membership => {
      expect(() =>
        authorizeGrant(aGrant({ membership }), target, tenants),
      ).not.toThrow();
    },
  );

  describe('with access of a person without membership', () => {
    const membership = 'user:default/sam';
    const check = (access: object, fn?: string) => () =>
      authorizeGrant(
        aGrant({ subject: membership, membership }),
        { ...target, fn },
        {
          findTenant: () => ({
            ...aTenant(),
            status: {
              access: [
                {
                  request: 'first',
                  user: membership,
                  app: 'feed',
                  environment: 'prod',
                  expiresAt: '2027-01-01T00:00:00Z',
                  ...access,
                },
              ],
            },
          }),
        },
        new Date('2026-12-31T23:59:59Z'),
      );

    it('allows what the access covers', () => {
      expect(check({}, 'prices')).not.toThrow();
      expect(check({ functions: ['prices'] }, 'prices')).not.toThrow();
      expect(check({ functions: ['mean'] })).not.toThrow();
    });

    it.each([
      ['an expired access', { expiresAt: '2026-12-31T23:59:59Z' }],
      ['an access to another environment', { environment: 'dev' }],
      ['an access to another app', { app: 'other' }],
      ['an access to another function', { functions: ['mean'] }],
      ["another person's access", { user: 'user:default/eve' }],
    ])('refuses %s', (_, access) => {
      expect(check(access, 'prices')).toThrow(
        `when ${membership} left desk or lost access to feed`,
      );
    });
  });

  it.each([
    ['a person', 'user:default/eve', tenants],
    ['a group', 'group:default/others', tenants],
    [
      'anybody once the tenant is gone',
      'user:default/tom',
      { findTenant: () => undefined },
    ],
  ])('ends with the membership of %s', (_, membership, directory) => {
    expect(() =>
      authorizeGrant(aGrant({ membership }), target, directory),
    ).toThrow(`became invalid when ${membership} left desk`);
  });
});
