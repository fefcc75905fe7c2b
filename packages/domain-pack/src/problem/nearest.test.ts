import { nearest } from './nearest';

describe('nearest', () => {
  it.each([
    ['Itme', ['Kind', 'Item'], 'Item'],
    ['isbn', ['Isbn', 'Issn'], 'Isbn'],
    ['destinatoin', ['origin', 'destination'], 'destination'],
    ['lent', ['isbn', 'loans'], undefined],
    ['r', ['py'], undefined],
    ['x'.repeat(101), ['x'.repeat(101)], undefined],
    [7, ['seven'], undefined],
    ['kind', [], undefined],
  ])('of %j among %j is %j', (wanted, names, expected) => {
    expect(nearest(wanted, names)).toBe(expected);
  });
});
