import { TokenBucket } from './TokenBucket';

describe('TokenBucket', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('lets the burst pass, then so many a second', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 2 });
    const waits = [1, 2, 3, 4].map(() => bucket.reserve());
    expect(waits).toEqual([0, 0, 100, 200]);
    jest.advanceTimersByTime(10_000);
    expect([1, 2, 3].map(() => bucket.reserve())).toEqual([0, 0, 100]);
  });
});
