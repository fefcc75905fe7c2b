import { aTenant } from '../../__fixtures__/objects';
import {
  isPlatformEngineer,
  canBuild,
  canRead,
  membershipIn,
  platformGroup,
  roleIn,
} from './roles';

const tenant = aTenant({
  owners: ['group:default/rates'],
  members: [
    { subject: 'user:default/bea', role: 'builder' },
    { subject: 'group:default/traders', role: 'viewer' },
  ],
});
const person = (user: string, ...groups: string[]) => ({ user, groups });

describe('roles', () => {
  it.each([
    [person('user:default/rita', 'group:default/rates'), 'owner'],
    [person('user:default/bea'), 'builder'],
    [person('user:default/tom', 'group:default/traders'), 'viewer'],
    [person('user:default/eve', 'group:default/others'), undefined],
  ])('sees %j as %s', (who, role) => {
    expect(roleIn(tenant, who)).toBe(role);
  });

  it.each([
    [person('user:default/rita', 'group:default/rates'), 'group:default/rates'],
    [person('user:default/bea', 'group:default/traders'), 'user:default/bea'],
    [person('user:default/eve', 'group:default/others'), undefined],
  ])('finds the membership of %j in the tenant: %s', (who, membership) => {
    expect(membershipIn(tenant, who)).toBe(membership);
  });

  it('returns the most powerful of several roles', () => {
    const bea = person('user:default/bea', 'group:default/traders');
    expect(roleIn(tenant, bea)).toBe('builder');
    const owner = person('user:default/bea', 'group:default/rates');
    expect(roleIn(tenant, owner)).toBe('owner');
  });

  it('does not mistake a group for a person of the same name', () => {
    expect(roleIn(tenant, person('user:default/traders'))).toBeUndefined();
  });

  it('lets the platform read everything and build nothing', () => {
    const pia = person('user:default/pia', platformGroup);
    expect(isPlatformEngineer(pia)).toBe(true);
    expect(canRead(tenant, pia)).toBe(true);
    expect(canBuild(tenant, pia)).toBe(false);
  });

  it('lets members read, and only owners and builders build', () => {
    const tom = person('user:default/tom', 'group:default/traders');
    expect(canRead(tenant, tom)).toBe(true);
    expect(canBuild(tenant, tom)).toBe(false);
    expect(canBuild(tenant, person('user:default/bea'))).toBe(true);
    expect(canRead(tenant, person('user:default/eve'))).toBe(false);
  });

  it('copes with a tenant that names no members', () => {
    const spec = { ...tenant.spec, members: undefined as never };
    expect(roleIn({ spec }, person('user:default/bea'))).toBeUndefined();
  });
});
