import fc from 'fast-check';
import { itemsOf } from './itemsOf';
import { splitArray } from './splitArray';

describe('itemsOf', () => {
  it('splits a list by its key, with the digits of the app', () => {
    const data = '[{"id":9007199254740993,"x":1.0},{"id":2,"x":[1,"a]\\""]}]';
    expect(itemsOf(data, ['id'])).toEqual([
      {
        text: '{"id":9007199254740993,"x":1.0}',
        rows: 1,
        key: '[9007199254740993]',
      },
      { text: '{"id":2,"x":[1,"a]\\""]}', rows: 1, key: '[2]' },
    ]);
  });

  it('keeps an item without key as it is', () => {
    expect(itemsOf('[{"a":1}, {"a":2}]', [])).toEqual([
      { text: '[{"a":1}, {"a":2}]', rows: 2 },
    ]);
  });

  it.each(['1', '[1]', '[[]]', '{', '{"b":1}'])('refuses %s', data => {
    expect(() => itemsOf(data, ['a'])).toThrow('contact its owners');
  });

  it('splits any array into its elements', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.constantFrom(0, 1),
        (values, space) => {
          const parts = splitArray(JSON.stringify(values, null, space));
          expect(parts.map(part => JSON.parse(part))).toEqual(
            JSON.parse(JSON.stringify(values)),
          );
        },
      ),
    );
  });
});
