import { aPlan } from '../../../__fixtures__/views';
import { longestEnd } from './longestEnd';

const now = Date.parse('2026-11-20T12:00:30Z');

describe('longestEnd', () => {
  it('stays within the plan, even if clocks differ slightly', () => {
    const { spec } = aPlan();
    const plan = { ...aPlan(), spec: { ...spec, maxLifetime: '365d' } };
    expect(longestEnd(plan, now)).toBe('2027-11-20T11:55:00.000Z');
  });

  it('is open when the plan sets no limit', () => {
    expect(longestEnd(aPlan(), now)).toBeUndefined();
  });
});
