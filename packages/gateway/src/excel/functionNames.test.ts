import { FunctionNames } from './functionNames';

describe('FunctionNames', () => {
  it('uses letters, digits, underscores and periods, at most 128 of them', () => {
    const names = new FunctionNames();
    expect(names.nameOf(['month-end', 'größe'])).toBe('MONTH_END.GRO_E');
    const long = names.nameOf(['a', 'b'.repeat(200)]);
    expect(long).toMatch(/^A\.B{1,126}$/);
    const twin = names.nameOf(['a', 'b'.repeat(200)]);
    expect(twin).not.toBe(long);
    expect(twin.length).toBeLessThanOrEqual(128);
  });

  it('keeps names apart that differ only in what Excel does not distinguish', () => {
    const names = new FunctionNames();
    expect(
      ['prices', 'Prices', '価格', '売上'].map(fn =>
        names.nameOf(['feed', fn]),
      ),
    ).toEqual(['FEED.PRICES', 'FEED.PRICES_2', 'FEED.__', 'FEED.___2']);
  });
});
