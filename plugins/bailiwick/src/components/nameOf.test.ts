import { nameOf } from './nameOf';

describe('nameOf', () => {
  it.each([
    ['Rates desk', 'rates-desk'],
    ['  Rates & Credit  ', 'rates-credit'],
    ['Zürich', 'zurich'],
    ['Über Größe & Co', 'uber-grosse-co'],
    ['Łódź Smørrebrød', 'lodz-smorrebrod'],
    ['日本', ''],
    ['123', ''],
    ['2nd desk', 'nd-desk'],
    ['!!!', ''],
    ['a--b', 'a-b'],
    [`${'x'.repeat(39)} desk`, 'x'.repeat(39)],
  ])('converts "%s" to the name "%s"', (title, name) => {
    expect(nameOf(title, 40)).toBe(name);
  });
});
