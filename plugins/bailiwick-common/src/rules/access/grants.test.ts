import type { Grant } from '../../kinds';
import { grantEnd, oldestGrants } from './grants';

function made(
  name: string,
  creationTimestamp: string,
  expiresAt = '2026-12-01T00:00:00Z',
): Grant {
  const spec = { expiresAt } as Grant['spec'];
  return {
    apiVersion: 'bailiwick.dev/v1alpha1',
    kind: 'Grant',
    metadata: { name, creationTimestamp },
    spec,
  };
}
const first = made('first', '2026-11-20T08:00:00Z');
const copy = made('copy', '2026-11-20T08:00:01Z');

describe('oldestGrants', () => {
  it('are the oldest, whatever the order', () => {
    expect(oldestGrants([copy, first])).toEqual([first]);
    expect(oldestGrants([first, copy])).toEqual([first]);
    expect(oldestGrants([])).toEqual([]);
  });

  it('stay the oldest when they have ended or are being deleted', () => {
    const ended = made('ended', '2020-01-01T00:00:00Z', '2020-02-01T00:00:00Z');
    ended.metadata.deletionTimestamp = '2020-01-02T00:00:00Z';
    expect(oldestGrants([first, ended])).toEqual([ended]);
  });

  it('are several if the first one is unknown', () => {
    const twin = made('twin', '2026-11-20T08:00:00Z');
    expect(oldestGrants([first, copy, twin])).toEqual([first, twin]);
  });
});

describe('grantEnd', () => {
  it('is the expiry of the grant', () => {
    expect(grantEnd(first)).toEqual(new Date('2026-12-01T00:00:00Z'));
  });

  it('is at most 366 days after its creation', () => {
    const long = made('long', '2026-01-01T00:00:00Z', '9999-01-01T00:00:00Z');
    expect(grantEnd(long)).toEqual(new Date('2027-01-02T00:00:00Z'));
  });

  it('is the time at which the portal noticed that the subject has left', () => {
    const suspendedAt = '2026-11-25T08:00:00Z';
    expect(grantEnd({ ...first, status: { suspendedAt } })).toEqual(
      new Date(suspendedAt),
    );
  });
});
