import { goodPack } from '../../__fixtures__/goodPack';
import { compileSource } from '../../compile';
import { lintFiles } from '../lintSource';

const archetype = 'archetypes/loans/archetype.yaml';

function lint(data: string, options = 'dataset: books, column: genre') {
  const files = {
    ...goodPack,
    'data/books.csv': data,
    [archetype]: goodPack[archetype].replace(
      'dataset: books, column: genre',
      options,
    ),
  };
  return lintFiles(new Map(Object.entries(files)));
}

const rows = (count: number, genreOf: (row: number) => string) =>
  [
    'isbn,genre,loans',
    ...Array.from(
      { length: count },
      (_, row) => `9780131${100000 + row},${genreOf(row)},3`,
    ),
  ].join('\n');

describe('choices of a column', () => {
  it('accepts a column with few repeated values', () => {
    const genres = ['code', 'code', 'code', 'prose', 'verse'];
    const { pack, problems } = lint(rows(5, row => genres[row]));
    expect(problems).toEqual([]);
    expect(compileSource(pack!).spec.datasets[0].options).toEqual({
      genre: ['code', 'prose', 'verse'],
    });
  });

  it('accepts 1,000 different values, and rejects more', () => {
    const genreOf = (row: number) => ['code', 'prose'][row] ?? `genre-${row}`;
    expect(lint(rows(1000, genreOf)).problems).toEqual([]);
    expect(lint(rows(1001, genreOf)).problems).toEqual([
      {
        file: archetype,
        line: 16,
        what: 'The column "genre" of books has 1001 distinct values; a form offers at most 1000',
        remedy: 'Choose a column with fewer values',
      },
    ]);
  });

  it('refuses a misspelt column once, also with where', () => {
    const { problems } = lint(
      goodPack['data/books.csv'],
      'dataset: books, column: gender, where: { loans: least }',
    );
    expect(problems.map(({ remedy, what }) => `${what}. ${remedy}`)).toEqual([
      'The data set books has no column "gender". Did you mean genre? Use one of: isbn, genre, loans',
    ]);
  });
});
