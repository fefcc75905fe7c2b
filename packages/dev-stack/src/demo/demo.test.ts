import { eventually, expectClose, expectEqual, expectStatus } from './expect';
import { annualisedVolatility, independentPrices } from './independentPrices';
import { Playbook } from './Playbook';

describe('Playbook', () => {
  it('reports each step and stops at the first wrong answer', async () => {
    const lines: string[] = [];
    const play = new Playbook(line => lines.push(line));
    await expect(play.step('First', async () => 42)).resolves.toBe(42);
    await expect(
      play.step('Second', async () => {
        throw new Error('it is 41');
      }),
    ).rejects.toThrow('it is 41');
    expect(play.steps).toEqual([
      { name: 'First', ok: true, ms: expect.any(Number) },
      { name: 'Second', ok: false, ms: expect.any(Number), error: 'it is 41' },
    ]);
    expect(lines).toEqual([
      expect.stringMatching(/^✔ .* First$/),
      expect.stringMatching(/^✘ .* Second: it is 41$/),
    ]);
  });
});

describe('expectations', () => {
  it('compare values by content', () => {
    expect(() => expectEqual([1, { a: 2 }], [1, { a: 2 }], 'It')).not.toThrow();
    expect(() => expectEqual([1], [2], 'The list')).toThrow(
      'The list should be [2], but is [1]',
    );
  });

  it('allow numbers to differ by rounding only', () => {
    expect(() => expectClose(0.1 + 0.2, 0.3, 'It')).not.toThrow();
    expect(() => expectClose(0.3001, 0.3, 'It')).toThrow('should be 0.3');
    expect(() => expectClose(NaN, 0.3, 'A price')).toThrow('A price');
    expect(() => expectClose(0.3, NaN, 'A price')).toThrow('A price');
    expect(() => expectClose(NaN, NaN, 'A price')).not.toThrow();
  });

  it('report the text of a wrong answer', async () => {
    const refused = new Response('no tenant', { status: 404 });
    await expect(expectStatus(refused, 200)).rejects.toThrow(
      /should return 200, but returned 404: no tenant/,
    );
  });

  it('retry until there is an answer, and report the last failure', async () => {
    let asked = 0;
    await expect(
      eventually('It', 5, async () => {
        asked += 1;
        if (asked === 1) throw new Error('not yet');
        return asked === 2 ? undefined : 'done';
      }),
    ).resolves.toBe('done');
    await expect(
      eventually('The end', 0.1, async () => {
        throw new Error('still not');
      }),
    ).rejects.toThrow(/The end did not happen within 0\.1 s: still not/);
  });
});

describe('independentPrices', () => {
  it('includes both months, with returns from the previous month', () => {
    const rows = independentPrices('AAPL', '2009-01', '2009-12');
    expect(rows).toHaveLength(12);
    expect(rows[0].date).toBe('2009-01-01');
    const [december] = independentPrices('AAPL', '2008-12', '2008-12');
    expect(rows[0].monthly_return).toBeCloseTo(
      rows[0].price / december.price - 1,
      12,
    );
  });

  it('has no return for the first month there is', () => {
    const [first] = independentPrices('MSFT', '2000-01', '2000-02');
    expect(first.monthly_return).toBeNull();
  });

  it('annualizes the sample deviation of monthly returns', () => {
    // deviations ±0.01 around 0.02: variance 2 · 0.0001 / (2 − 1)
    expect(annualisedVolatility([0.01, 0.03])).toBeCloseTo(
      Math.sqrt(0.0002) * Math.sqrt(12),
      12,
    );
    expect(annualisedVolatility([0.05, 0.05, 0.05])).toBeCloseTo(0, 12);
  });
});
