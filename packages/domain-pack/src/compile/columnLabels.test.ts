import { lintFiles } from '../lint';
import { goodPack } from '../__fixtures__/goodPack';
import { compileSource } from './compileSource';

function compiled(...edits: [from: string, to: string][]) {
  const text = edits.reduce(
    (now, [from, to]) => now.replace(from, () => to),
    goodPack['pack.yaml'],
  );
  const files = {
    ...goodPack,
    'pack.yaml': text,
    'data/genres.csv': 'genre,title\ncode,Programming\nprose,Novels\n',
  };
  const { pack, problems } = lintFiles(new Map(Object.entries(files)));
  expect(problems).toEqual([]);
  return compileSource(pack!).spec.datasets;
}

const genres = (label: string): [string, string] => [
  '  archetypes: [loans]',
  `    - name: genres
      file: data/genres.csv
      key: [genre]
      columns: [{ name: genre, type: Genre${label} }]
      licence: CC0-1.0, made up
  archetypes: [loans]`,
];
const referring: [string, string] = [
  '      key: [isbn]',
  `      key: [isbn]
      columns:
        - { name: genre, type: Genre, references: { dataset: genres, column: genre } }`,
];

describe('columnLabels', () => {
  it('returns the labels of a column, and of those that refer to it', () => {
    const [books, list] = compiled(referring, genres(', label: title'));
    const labels = { genre: { code: 'Programming', prose: 'Novels' } };
    expect(books.labels).toEqual(labels);
    expect(list.labels).toEqual(labels);
  });

  it('returns none without labels', () => {
    const [books] = compiled(referring, genres(''));
    expect(books).not.toHaveProperty('labels');
  });
});
