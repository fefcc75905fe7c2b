import { ProbeBackoff } from './ProbeBackoff';

describe('ProbeBackoff', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('backs off from silent pods', () => {
    const backoff = new ProbeBackoff();
    const waits = Array.from({ length: 8 }, () => {
      backoff.failed('pod');
      return backoff.waitFor('pod') / 1000;
    });
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    expect(backoff.waitFor('another')).toBe(0);
    jest.advanceTimersByTime(299_000);
    expect(backoff.waitFor('pod')).toBe(1000);
    backoff.reset('pod');
    expect(backoff.waitFor('pod')).toBe(0);
  });
});
