import { ConcurrencyLimiter } from './ConcurrencyLimiter';

const limiterOf = (perKey: number, total: number) =>
  new ConcurrencyLimiter({
    perKey,
    total,
    perKeyMessage: key => `${key} has ${perKey} logs open`,
    totalMessage: `${total} logs are open in this portal`,
  });

describe('ConcurrencyLimiter', () => {
  it('limits each key, and releases a slot once', () => {
    const logs = limiterOf(2, 10);
    const release = logs.acquire('bea');
    logs.acquire('bea');
    expect(() => logs.acquire('bea')).toThrow('bea has 2 logs open');
    logs.acquire('tom');
    release();
    release();
    logs.acquire('bea');
    expect(() => logs.acquire('bea')).toThrow('bea has 2 logs open');
  });

  it('limits the total', () => {
    const logs = limiterOf(2, 2);
    const release = logs.acquire('bea');
    logs.acquire('tom');
    expect(() => logs.acquire('rita')).toThrow(
      '2 logs are open in this portal',
    );
    release();
    logs.acquire('rita');
  });
});
