import { KeyRateLimiter } from './KeyRateLimiter';

describe('KeyRateLimiter', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('allows each key a burst, and then its rate', () => {
    const limiter = new KeyRateLimiter({ perSecond: 5, burst: 3 }, key => key);
    const waits = Array.from({ length: 5 }, () => {
      const wait = limiter.delayOf('a');
      limiter.record('a');
      return Math.round(wait);
    });
    expect(waits).toEqual([0, 0, 0, 200, 400]);
    expect(limiter.delayOf('b')).toBe(0);
    jest.advanceTimersByTime(10_000);
    expect(limiter.delayOf('a')).toBe(0);
  });

  it('limits the busy keys of an owner to one shared rate', () => {
    const limiter = new KeyRateLimiter(
      { perSecond: 5, burst: 1 },
      key => key[0],
    );
    for (const key of ['a1', 'a2', 'a3', 'b1']) limiter.record(key);
    const waits = () =>
      ['a1', 'a2', 'a3', 'b1'].map(key => Math.round(limiter.delayOf(key)));
    expect(waits()).toEqual([200, 400, 600, 200]);
    // Asked again, the slot is the same.
    expect(waits()).toEqual([200, 400, 600, 200]);
    // A key within its rate is not delayed.
    expect(limiter.delayOf('a4')).toBe(0);
    jest.advanceTimersByTime(200);
    limiter.record('a1');
    expect(Math.round(limiter.delayOf('a1'))).toBe(600);
    jest.advanceTimersByTime(600);
    limiter.record('a1');
    // Waiting earns no burst.
    expect(Math.round(limiter.delayOf('a1'))).toBe(200);
    jest.advanceTimersByTime(10_000);
    expect(limiter.delayOf('a1')).toBe(0);
  });

  it('delays no key longer than two seconds for others', () => {
    const limiter = new KeyRateLimiter({ perSecond: 2, burst: 1 });
    const keys = Array.from({ length: 100 }, (_, i) => `key-${i}`);
    keys.forEach(key => limiter.record(key));
    const waits = keys.map(key => Math.round(limiter.delayOf(key)));
    expect(waits.slice(0, 4)).toEqual([500, 1000, 1500, 2000]);
    expect(Math.max(...waits)).toBe(2000);
  });

  it('keeps its delays when it drops expired keys', () => {
    const limiter = new KeyRateLimiter({ perSecond: 1, burst: 1 }, key => key);
    limiter.record('early');
    jest.advanceTimersByTime(5_000);
    for (let i = 0; i < 3000; i += 1) limiter.record(`key-${i}`);
    expect(limiter.delayOf('early')).toBe(0);
    expect(Math.round(limiter.delayOf('key-0'))).toBe(1000);
    expect(Math.round(limiter.delayOf('key-2999'))).toBe(1000);
  });
});
