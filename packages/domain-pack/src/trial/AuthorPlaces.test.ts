import { goodPack } from '../__fixtures__/goodPack';
import { compileSource } from '../compile';
import { lintFiles } from '../lint';
import { exampleContext, renderArchetype } from '../render';
import { AuthorPlaces } from './AuthorPlaces';

const code = 'archetypes/loans/template/functions.py.njk';
const app = '/tmp/app-x1';

/** Places of an app whose template writes three lines in the place of five. */
function places() {
  const text = goodPack[code]
    .replace(
      '"""Loans of books."""\n',
      '"""Loans of books."""\n{% if values.genre == "code" %}\n{# Two lines\nof a comment. #}\nLIMIT = ${{ values.least }}\n{% endif %}\n',
    )
    .replace('from vocabulary', 'from tables import LOANS\nfrom vocabulary');
  const files = new Map(
    Object.entries({
      ...goodPack,
      [code]: text,
      'shared/tables.py': 'LOANS = 3\n',
      'data/more.csv': 'isbn\n9780131103627\n',
      'pack.yaml': goodPack['pack.yaml'].replace(
        '  archetypes: [loans]',
        "    - { name: more, file: data/more.csv, key: [isbn], licence: 'CC0-1.0, made up' }\n  archetypes: [loans]",
      ),
      'archetypes/loans/archetype.yaml': goodPack[
        'archetypes/loans/archetype.yaml'
      ].replace('datasets:', 'shared: [tables.py]\ndatasets:'),
    }),
  );
  const { pack, problems } = lintFiles(files);
  expect(problems).toEqual([]);
  const compiled = compileSource(pack!);
  const rendered = renderArchetype(
    compiled.spec.archetypes[0],
    exampleContext(compiled, { genre: 'code', least: 0 }),
  );
  const lineOf = (path: string, part: string) => {
    const { content } = rendered.find(one => one.path === path)!;
    return content.slice(0, content.indexOf(part)).split('\n').length;
  };
  const written = (part: string) =>
    text.slice(0, text.indexOf(part)).split('\n').length;
  return {
    lineOf,
    written,
    places: new AuthorPlaces(pack!, pack!.archetypes[0], { app, rendered }),
  };
}

describe('AuthorPlaces', () => {
  it.each(['import csv', 'class Loan', 'if row["genre"] ==', 'def total'])(
    'finds the line of the template with %s',
    part => {
      const { lineOf, places: of, written } = places();
      const line = lineOf('functions.py', part);
      expect(line).not.toBe(written(part));
      expect(of.words(`functions.py:${line}: error: No`)).toBe(
        `${code}:${written(part)}: error: No`,
      );
      expect(of.words(`  File "${app}/functions.py", line ${line}, in f`)).toBe(
        `  File "${code}", line ${written(part)}, in f`,
      );
    },
  );

  it('maps a rendered line to its template line', () => {
    const { lineOf, places: of, written } = places();
    const line = lineOf('functions.py', 'LIMIT = 0');
    expect(of.words(`functions.py:${line}: x`)).toBe(
      `${code}:${written('LIMIT = ')}: x`,
    );
  });

  it('names tests and shared files by their places in the pack', () => {
    const { places: of } = places();
    expect(of.words('tests/test_functions.py:7: in test_x')).toBe(
      'archetypes/loans/template/tests/test_functions.py:7: in test_x',
    );
    expect(of.words(`${app}/tables.py:1: x`)).toBe('shared/tables.py:1: x');
    expect(of.words('other/functions.py:3 my_tables.py:1')).toBe(
      'other/functions.py:3 my_tables.py:1',
    );
  });

  const traceback = (line: number) => `Traceback (most recent call last):
  File "pandas/_libs/index.pyx", line 167, in get_loc
KeyError: 'lons'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/opt/lib/bailiwick/execution.py", line 90, in run
    outcome = call()
              ^^^^^^
  File "${app}/functions.py", line ${line}, in total
    return sum(loan["lons"] for loan in loans())
  File "/opt/lib/pandas/frame.py", line 4107, in __getitem__
    raise KeyError(key) from err
KeyError: 'lons'`;

  it('leaves only the frames of the author in a traceback', () => {
    const { lineOf, places: of, written } = places();
    const line = lineOf('functions.py', 'return sum');
    expect(of.words(traceback(line))).toBe(`Traceback (most recent call last):
  File "${code}", line ${written('return sum')}, in total
    return sum(loan["lons"] for loan in loans())
KeyError: 'lons'`);
  });

  it.each<[words: string, found: string[]]>([
    [
      `FileNotFoundError: [Errno 2] No such file or directory: '${app}/data/more.csv'`,
      [
        'data/more.csv is the data set "more", which the archetype does not list. Add more to datasets: archetypes/loans/archetype.yaml:7.',
      ],
    ],
    [`FileNotFoundError: '${app}/data/books.csv'`, []],
    [`FileNotFoundError: '${app}/data/more.csv.gz'`, []],
    [`FileNotFoundError: '${app}/data/no_more.csv'`, []],
    ['data/more.csv is wrong', []],
  ])('finds the data set that an app does not have: %s', (words, found) => {
    expect(places().places.missingData(words)).toEqual(found);
  });

  it('removes the folder of the app from an exception', () => {
    expect(
      places().places.failure('gone', `OSError: '${app}/data/more.csv'`),
    ).toBe("gone failed: OSError: 'data/more.csv'");
  });

  it('describes in one line where and why a function failed', () => {
    const { lineOf, places: of, written } = places();
    const line = lineOf('functions.py', 'return sum');
    expect(of.failure('total', traceback(line))).toBe(
      `${code}:${written(
        'return sum',
      )}: total failed: KeyError: 'lons'\n    return sum(loan["lons"] for loan in loans())`,
    );
    // Code outside of the app, such as a worker, has no frame of the author.
    expect(of.failure('total', 'MemoryError')).toBe(
      `${code}:${written('def total')}: total failed: MemoryError`,
    );
  });
});
