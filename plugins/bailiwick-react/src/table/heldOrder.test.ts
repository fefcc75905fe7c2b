import { holdOrder, longestRise } from './heldOrder';

const item = (name: string, content = 0) => ({ name, content });
const hold = (kept: string, fresh: string) => {
  const { changes, items } = holdOrder(
    [...kept].map(name => item(name)),
    [...fresh].map(name => item(name, 1)),
    ({ name }) => name,
    one => ({ ...one, content: 2 }),
  );
  return {
    changes,
    shown: items.map(({ content, name }) => `${name}${content}`).join(' '),
  };
};

describe('holdOrder', () => {
  it.each([
    ['abc', 'abc', 'a1 b1 c1', 0],
    ['abc', 'cab', 'a1 b1 c1', 1],
    ['abc', 'cba', 'a1 b1 c1', 2],
    ['abc', 'ab', 'a1 b1 c2', 1],
    ['abc', 'abcd', 'a1 b1 c1', 1],
    ['abc', 'dba', 'a1 b1 c2', 3],
    ['', 'a', '', 1],
  ])('for %p shown and %p wanted is %p', (kept, fresh, shown, changes) => {
    expect(hold(kept, fresh)).toEqual({ shown, changes });
  });
});

describe('longestRise', () => {
  it('is as long as the part that need not move', () => {
    expect(longestRise([])).toBe(0);
    expect(longestRise([3, 0, 1, 4, 2])).toBe(3);
  });
});
