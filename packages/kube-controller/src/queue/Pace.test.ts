import { Pace } from './Pace';

describe('Pace', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets each key come at once, a few times, and then now and then', () => {
    const pace = new Pace({ perSecond: 5, burst: 3 });
    const waits = Array.from({ length: 5 }, () => {
      const wait = pace.waitOf('a');
      pace.took('a');
      return Math.round(wait);
    });
    expect(waits).toEqual([0, 0, 0, 200, 400]);
    expect(pace.waitOf('b')).toBe(0);
    jest.advanceTimersByTime(10_000);
    expect(pace.waitOf('a')).toBe(0);
  });

  it('goes on right after it forgot keys', () => {
    const pace = new Pace({ perSecond: 1, burst: 1 });
    pace.took('early');
    jest.advanceTimersByTime(5_000);
    for (let i = 0; i < 3000; i += 1) pace.took(`key-${i}`);
    expect(pace.waitOf('early')).toBe(0);
    expect(Math.round(pace.waitOf('key-0'))).toBe(1000);
    expect(Math.round(pace.waitOf('key-2999'))).toBe(1000);
  });
});
