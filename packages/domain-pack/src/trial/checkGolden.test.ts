import { checkGolden } from './checkGolden';

const kept = new Map([
  ['README.md', '# Example\n'],
  ['functions.py', 'LEAST = 0\n\n\nprint(LEAST)\n'],
]);

describe('checkGolden', () => {
  it('reports nothing if the result is unchanged', () => {
    expect(checkGolden(kept, new Map(kept))).toEqual([]);
  });

  it('shows the difference of a file, and how to accept it', () => {
    const rendered = new Map(kept).set(
      'functions.py',
      'LEAST = 1\n\n\nprint(LEAST)\n',
    );
    expect(checkGolden(kept, rendered)).toEqual([
      [
        '--- golden/functions.py',
        '+++ rendered/functions.py',
        '@@ -1,4 +1,4 @@',
        '-LEAST = 0',
        '+LEAST = 1',
        ' ',
        ' ',
        ' print(LEAST)',
      ].join('\n'),
      expect.stringContaining('run "bailiwick pack test --update"'),
    ]);
  });

  it('names files that only one of them has', () => {
    const words = checkGolden(kept, new Map([['charts.py', '']])).join('\n');
    expect(words).toMatch(/golden\/charts\.py does not exist/);
    expect(words).toMatch(/No template renders golden\/README\.md/);
  });
});
