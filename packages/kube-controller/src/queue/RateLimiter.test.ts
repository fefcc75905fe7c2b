import { RateLimiter } from './RateLimiter';

describe('RateLimiter', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('allows the burst, then a number per second', () => {
    const limiter = new RateLimiter({ perSecond: 10, burst: 2 });
    const waits = [1, 2, 3, 4].map(() => limiter.reserve('a'));
    expect(waits).toEqual([0, 0, 100, 200]);
    expect(limiter.reserve('b')).toBe(0);
    jest.advanceTimersByTime(10_000);
    expect([1, 2, 3].map(() => limiter.reserve('a'))).toEqual([0, 0, 100]);
  });
});
