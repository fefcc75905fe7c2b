import { plan, tenant } from '@bailiwick/backstage-testing/objects';
import { proposedSpec } from './proposedSpec';

const now = new Date('2026-11-20T00:00:00Z');
const spec = tenant('desk').spec;

describe('proposedSpec', () => {
  it('adds the plan’s default end', () => {
    const limited = plan('small', { maxLifetime: '365d' });
    expect(proposedSpec('desk', spec, limited, now).expiresAt).toBe(
      '2027-11-20T00:00:00.000Z',
    );
    expect(
      proposedSpec('desk', spec, plan('small'), now).expiresAt,
    ).toBeUndefined();
  });

  it('fills in the defaults of the kind', () => {
    const { deletionProtection: _, members: __, ...rest } = spec;
    expect(proposedSpec('desk', rest, plan('small'), now)).toMatchObject({
      deletionProtection: true,
      members: [],
    });
  });

  it.each([
    [
      'an end that the plan does not allow',
      { expiresAt: '2030-01-01T00:00:00Z' },
      'has a maximum lifetime of 365d',
    ],
    ['a missing title', { title: '' }, 'spec.title: must not be empty'],
    [
      'an unknown role',
      { members: [{ subject: 'user:default/x', role: 'king' }] },
      'spec.members[0].role: Invalid option',
    ],
  ])('refuses %s', (_, change, words) => {
    const limited = plan('small', { maxLifetime: '365d' });
    expect(() =>
      proposedSpec('desk', { ...spec, ...change }, limited, now),
    ).toThrow(words);
  });

  it('refuses an end that has passed', () => {
    const past = { ...spec, expiresAt: '2026-11-19T00:00:00Z' };
    expect(() => proposedSpec('desk', past, plan('small'), now)).toThrow(
      'Expiry 2026-11-19T00:00:00Z is in the past',
    );
  });

  it('refuses a plan that does not exist', () => {
    expect(() => proposedSpec('desk', spec, undefined, now)).toThrow(
      'Plan "small" was not found',
    );
  });
});
