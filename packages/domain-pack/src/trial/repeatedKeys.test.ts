import { repeatedKeys } from './repeatedKeys';

const key = ['port', 'day'];
const row = (port: string, day: string | null) => ({ port, day, calls: 1 });

describe('repeatedKeys', () => {
  it('accepts rows with unique keys', () => {
    const rows = [row('a', '1'), row('a', '2'), row('b', '1'), row('a', null)];
    expect(repeatedKeys({ key }, rows)).toBeUndefined();
    expect(repeatedKeys({ key }, [])).toBeUndefined();
  });

  it('compares nothing without a key', () => {
    expect(repeatedKeys({ key: [] }, [{ a: 1 }, { a: 1 }])).toBeUndefined();
    expect(repeatedKeys({}, [{ a: 1 }, { a: 1 }])).toBeUndefined();
  });

  it('distinguishes equal-looking keys of different types', () => {
    expect(
      repeatedKeys({ key: ['id'] }, [{ id: 1 }, { id: '1' }]),
    ).toBeUndefined();
  });

  it('names repeated keys and how often they occur', () => {
    const rows = [row('a', '1'), row('b', '1'), row('a', '1'), row('a', '1')];
    expect(repeatedKeys({ key }, rows)).toBe(
      'returned 3 rows with the key port "a", day "1"',
    );
  });

  it.each([
    [['1', '2', '3', '4'], /day "3"; and 1 more repeated key$/],
    [['1', '2', '3', '4', '5'], /day "3"; and 2 more repeated keys$/],
  ])('counts keys beyond three', (days, words) => {
    const rows = [...days, ...days].map(day => row('a', day));
    expect(repeatedKeys({ key }, rows)).toMatch(words);
  });
});
