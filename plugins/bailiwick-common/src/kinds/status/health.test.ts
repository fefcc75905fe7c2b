import { healthWords, worstHealth } from './health';

describe('worstHealth', () => {
  it('is Unknown for nothing', () => {
    expect(worstHealth([])).toBe('Unknown');
  });

  it.each(healthWords)('is %s for that alone', health => {
    expect(worstHealth([health])).toBe(health);
  });

  it('is not hidden by better ones', () => {
    expect(worstHealth(['Healthy', 'Failed', 'Degraded'])).toBe('Failed');
    expect(worstHealth(['Healthy', 'Degraded', 'Progressing'])).toBe(
      'Degraded',
    );
    expect(worstHealth(['Suspended', 'Healthy'])).toBe('Suspended');
  });
});
