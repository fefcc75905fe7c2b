import { aTenant } from '../../__fixtures__/objects';
import type { Access } from '../../kinds';
import { accessesOf, canReadAs } from './appAccess';

const sam = 'user:default/sam';
const now = new Date('2027-01-01T00:00:00Z');
const target = { app: 'feed', environment: 'prod', fn: 'prices' };

const tenantWith = (changes: Partial<Access> = {}) => ({
  ...aTenant({ members: [{ subject: 'user:default/tom', role: 'viewer' }] }),
  status: {
    access: [
      {
        request: 'first',
        user: sam,
        app: 'feed',
        environment: 'prod',
        expiresAt: '2027-01-01T00:00:01Z',
        ...changes,
      },
    ],
  },
});

describe('canReadAs', () => {
  it('lets members read, and people with access to all functions or this one', () => {
    expect(canReadAs(tenantWith(), 'user:default/tom', target, now)).toBe(true);
    expect(canReadAs(tenantWith(), sam, target, now)).toBe(true);
    const functions = ['mean', 'prices'];
    expect(canReadAs(tenantWith({ functions }), sam, target, now)).toBe(true);
  });

  it.each([
    ['of another person', { user: 'user:default/eve' }],
    ['to another app', { app: 'other' }],
    ['to another environment', { environment: 'dev' }],
    ['to another function', { functions: ['mean'] }],
    ['that expires now', { expiresAt: '2027-01-01T00:00:00Z' }],
    ['with an unreadable expiry', { expiresAt: 'never' }],
  ])('does not count an access %s', (_, changes) => {
    expect(canReadAs(tenantWith(changes), sam, target, now)).toBe(false);
  });

  it('returns nothing for a tenant without accesses', () => {
    expect(canReadAs(aTenant(), sam, target, now)).toBe(false);
    expect(accessesOf(aTenant(), sam, now)).toEqual([]);
  });
});
