import { rmSync } from 'node:fs';
import { goodPack } from '../__fixtures__/goodPack';
import { writePack } from '../__fixtures__/writePack';
import { lintPack, lintSource } from './lintSource';
import { makeMistake, mistakes } from './__fixtures__/mistakes';

describe('lintPack', () => {
  const folders: string[] = [];
  afterAll(() =>
    folders.forEach(folder => rmSync(folder, { recursive: true })),
  );

  function lint(files: Readonly<Record<string, string>>) {
    const folder = writePack(files);
    folders.push(folder);
    return lintPack(folder);
  }

  it('reports nothing about a valid pack', () => {
    expect(lint(goodPack)).toEqual([]);
  });

  it('accepts choices and a default that the form hides where they do not fit another answer', () => {
    const file = 'archetypes/loans/archetype.yaml';
    const shelf =
      'shelf: { title: Shelf, type: string, enum: [verse, code, prose], default: verse }';
    const book =
      "book: { type: string, title: Book, default: '9780131103627', x-bailiwick: { when: { parameter: shelf, is: [code, prose] }, options: { dataset: books, column: isbn, where: { genre: shelf } } } }";
    const archetype = goodPack[file].replace(
      '    least:',
      `    ${shelf}\n    ${book}\n    least:`,
    );
    expect(lint({ ...goodPack, [file]: archetype })).toEqual([]);
  });

  const dependent = {
    condition:
      'book: { type: string, title: Book, default: a, x-bailiwick: { when: { parameter: genre, is: [code] } } }',
    narrowing:
      'book: { type: string, title: Book, x-bailiwick: { options: { dataset: more, column: isbn, where: { genre: genre } } } }',
  };
  it.each([
    ['', dependent.condition, 'The table has no rows'],
    ['isbn,genre,loans\n', dependent.condition, 'The table has no rows'],
    ['', dependent.narrowing, 'The table has no rows'],
    ['isbn,genre,loans\n', dependent.narrowing, 'The table has no rows'],
    [
      'isbn\n9780131103627\n',
      dependent.narrowing,
      'The data set books has no column "genre"',
    ],
  ])(
    'reports a column that offers nothing (%j) once, with %s',
    (books, parameter, what) => {
      const file = 'archetypes/loans/archetype.yaml';
      const found = lint({
        ...goodPack,
        'data/books.csv': books,
        'data/more.csv': goodPack['data/books.csv'],
        'pack.yaml': goodPack['pack.yaml'].replace(
          '  archetypes: [loans]',
          "    - { name: more, file: data/more.csv, key: [isbn], licence: 'CC0-1.0, made up' }\n  archetypes: [loans]",
        ),
        [file]: goodPack[file].replace(
          '    least:',
          `    ${parameter}\n    least:`,
        ),
      });
      expect(found.map(problem => problem.what)).toEqual([what]);
    },
  );

  it('names a misspelled data file once, also when other data sets refer to it', () => {
    const genres = `    - name: genres
      file: data/genre.csv
      key: [genre]
      licence: CC0-1.0, made up
`;
    const found = lint({
      ...goodPack,
      'data/genres.csv': 'genre\ncode\nprose\n',
      'pack.yaml': goodPack['pack.yaml']
        .replace(
          '      key: [isbn]\n',
          '      key: [isbn]\n      columns:\n        - { name: genre, type: Genre, references: { dataset: genres, column: genre } }\n',
        )
        .replace('  archetypes:', `${genres}  archetypes:`),
    });
    expect(found.map(problem => problem.what)).toEqual([
      'The file data/genre.csv of the data set "genres" does not exist',
    ]);
  });

  it.each([
    [11, '1 more wrong cell'],
    [12, '2 more wrong cells'],
  ])('names ten of %i wrong cells, and counts the others', (count, words) => {
    const rows = Array.from({ length: count }, (_, at) => `b${at},code,-1`);
    const found = lint({
      ...goodPack,
      'data/books.csv': `${goodPack['data/books.csv']}${rows.join('\n')}\n`,
      'pack.yaml': goodPack['pack.yaml'].replace(
        'key: [isbn]\n',
        'key: [isbn]\n      columns: [{ name: loans, type: Count }]\n',
      ),
    });
    expect(found).toHaveLength(11);
    expect(found[10].what).toBe(`The column loans has ${words}`);
  });

  it('leaves out the byte order mark that spreadsheets write', () => {
    const folder = writePack({
      ...goodPack,
      'data/books.csv': `\ufeff${goodPack['data/books.csv']}`,
    });
    folders.push(folder);
    const { pack, problems } = lintSource(folder);
    expect(problems).toEqual([]);
    expect(pack!.files.get('data/books.csv')).toBe(goodPack['data/books.csv']);
  });

  it.each([
    ['with lines', '1234567\n'.repeat(250_000), 8],
    ['of one line', 'x'.repeat(2_000_000), Infinity],
  ])(
    'reports the line at which a data file %s is too large',
    (_, books, lineBytes) => {
      const others = Object.entries(goodPack)
        .filter(([path]) => path !== 'data/books.csv')
        .reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
      expect(lint({ ...goodPack, 'data/books.csv': books })).toEqual([
        {
          file: 'data/books.csv',
          line: Math.floor((1_000_000 - others) / lineBytes) + 1,
          what: `The file has 2000000 bytes and the whole pack ${
            2_000_000 + others
          }; the limit is 1000000`,
          remedy: expect.stringMatching(
            /^Include a smaller sample of the data, at most the lines before this one/,
          ),
        },
      ]);
    },
  );

  it('recognizes at least forty mistakes', () => {
    const names = mistakes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(40);
  });

  it.each(mistakes)('finds $name: file, line and remedy', mistake => {
    const { file, line, remedy } = mistake;
    const what = new RegExp(mistake.what);
    const found = lint(makeMistake(goodPack, mistake));
    const at = found.find(problem => what.test(problem.what));
    expect(found.map(problem => problem.what).join('\n')).toMatch(what);
    expect(at).toMatchObject({ file, remedy: expect.stringMatching(remedy) });
    expect(at!.line).toBe(line);
  });

  it('reports all problems at once', () => {
    const found = lint({
      ...goodPack,
      'pack.yaml': goodPack['pack.yaml']
        .replace('version: 1.0.0', 'version: one')
        .replace('title: Library', 'titel: Library'),
      'archetypes/loans/archetype.yaml': goodPack[
        'archetypes/loans/archetype.yaml'
      ]
        .replace('runtime: py', 'runtime: r')
        .replace('type: Isbn', 'type: Isdn'),
    });
    expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'archetypes/loans/archetype.yaml:4',
      'archetypes/loans/archetype.yaml:28',
      'pack.yaml:5',
      'pack.yaml:6',
      'pack.yaml:7',
    ]);
  });
});
