import { Pace } from './KeyRateLimiter';

describe('Pace', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets each key come at once, a few times, and then now and then', () => {
    const pace = new Pace({ perSecond: 5, burst: 3 }, key => key);
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

  it('lets the restless keys of an owner share one pace', () => {
    const pace = new Pace({ perSecond: 5, burst: 1 }, key => key[0]);
    for (const key of ['a1', 'a2', 'a3', 'b1']) pace.took(key);
    const waits = () =>
      ['a1', 'a2', 'a3', 'b1'].map(key => Math.round(pace.waitOf(key)));
    expect(waits()).toEqual([200, 400, 600, 200]);
    // Asked again, the turn is the same.
    expect(waits()).toEqual([200, 400, 600, 200]);
    // A key that did not come too often waits for nobody.
    expect(pace.waitOf('a4')).toBe(0);
    jest.advanceTimersByTime(200);
    pace.took('a1');
    expect(Math.round(pace.waitOf('a1'))).toBe(600);
    jest.advanceTimersByTime(600);
    pace.took('a1');
    // Neither has it earned turns while it waited.
    expect(Math.round(pace.waitOf('a1'))).toBe(200);
    jest.advanceTimersByTime(10_000);
    expect(pace.waitOf('a1')).toBe(0);
  });

  it('lets no key wait longer than two seconds for others', () => {
    const pace = new Pace({ perSecond: 2, burst: 1 });
    const keys = Array.from({ length: 100 }, (_, i) => `key-${i}`);
    keys.forEach(key => pace.took(key));
    const waits = keys.map(key => Math.round(pace.waitOf(key)));
    expect(waits.slice(0, 4)).toEqual([500, 1000, 1500, 2000]);
    expect(Math.max(...waits)).toBe(2000);
  });

  it('goes on right after it forgot keys', () => {
    const pace = new Pace({ perSecond: 1, burst: 1 }, key => key);
    pace.took('early');
    jest.advanceTimersByTime(5_000);
    for (let i = 0; i < 3000; i += 1) pace.took(`key-${i}`);
    expect(pace.waitOf('early')).toBe(0);
    expect(Math.round(pace.waitOf('key-0'))).toBe(1000);
    expect(Math.round(pace.waitOf('key-2999'))).toBe(1000);
  });
});
