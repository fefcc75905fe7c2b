import { ProbeBackoff } from './ProbeBackoff';

describe('Silences', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks who stays silent less and less often', () => {
    const silences = new ProbeBackoff();
    const waits = Array.from({ length: 8 }, () => {
      silences.failed('pod');
      return silences.waitFor('pod') / 1000;
    });
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    expect(silences.waitFor('another')).toBe(0);
    jest.advanceTimersByTime(299_000);
    expect(silences.waitFor('pod')).toBe(1000);
    silences.reset('pod');
    expect(silences.waitFor('pod')).toBe(0);
  });
});
