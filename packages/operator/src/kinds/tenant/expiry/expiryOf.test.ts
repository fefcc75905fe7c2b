import { plan, tenant } from '@bailiwick/backstage-testing/objects';
import { isGraceOver, expiryOf } from './expiryOf';

const end = '2027-01-01T00:00:00Z';
const small = plan('small', { gracePeriod: '7d' });
const desk = tenant('desk', { expiresAt: end });
const at = (instant: string) => new Date(instant);

describe('expiryOf', () => {
  it('has no end before its time', () => {
    const life = expiryOf(desk, small, at('2026-12-31T23:59:59Z'));
    expect(life).toEqual({ ends: new Map() });
  });

  it('grants the whole grace period from the suspension on, however late', () => {
    const late = at('2027-03-01T00:00:00Z');
    const life = expiryOf(desk, small, late);
    expect(life.end).toEqual({
      suspendedAt: '2027-03-01T00:00:00Z',
      removedAt: at('2027-03-08T00:00:00Z'),
    });
    expect(isGraceOver(life.end, late)).toBe(false);
  });

  it('remembers since when it is suspended', () => {
    const status = { suspendedAt: '2027-01-01T00:00:05Z' };
    const later = at('2027-01-08T00:00:05Z');
    const { end: found } = expiryOf({ ...desk, status }, small, later);
    expect(found?.suspendedAt).toBe(status.suspendedAt);
    expect(isGraceOver(found, later)).toBe(true);
  });

  it('grants the grace period again after a renewal and a second end', () => {
    const status = { suspendedAt: '2026-06-01T00:00:00Z' };
    const late = at('2027-01-09T00:00:00.500Z');
    const life = expiryOf({ ...desk, status }, small, late);
    expect(life.end?.suspendedAt).toBe('2027-01-09T00:00:00Z');
    expect(isGraceOver(life.end, late)).toBe(false);
    // An end within the second in which it was suspended is that of the suspension.
    const exact = tenant('desk', { expiresAt: '2027-01-01T00:00:00.700Z' });
    const kept = expiryOf(
      { ...exact, status: { suspendedAt: end } },
      small,
      late,
    );
    expect(kept.end?.suspendedAt).toBe(end);
  });

  it('never ends while its length is unknown', () => {
    const status = { suspendedAt: end };
    const life = expiryOf(
      { ...desk, status },
      undefined,
      at('2099-01-01T00:00:00Z'),
    );
    expect(life.end).toEqual({ suspendedAt: end });
    expect(isGraceOver(life.end, at('2099-01-01T00:00:00Z'))).toBe(false);
  });

  it('restarts after a renewal', () => {
    const renewed = tenant('desk', { expiresAt: '2028-01-01T00:00:00Z' });
    const status = { suspendedAt: end };
    const life = expiryOf(
      { ...renewed, status },
      small,
      at('2027-01-02T00:00:00Z'),
    );
    expect(life.end).toBeUndefined();
  });
});
