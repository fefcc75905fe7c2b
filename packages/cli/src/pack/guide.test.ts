import { lintPack } from '@bailiwick/backstage-domain-pack/authoring';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repositoryRoot } from '../installation/layout';

const freight = join(repositoryRoot, 'packages/domain-pack/examples/freight');
const guide = readFileSync(
  join(repositoryRoot, 'docs/guide/write-a-pack.md'),
  'utf8',
);

/** The lines of a text, whatever their indentation. */
const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .join('\n');

const blocks = [
  ...guide.matchAll(/<!-- freight: (\S+) -->\n+```\w+\n([^]*?)```/g),
].map(([, path, text]) => ({ path, text }));

describe('the names that an author changes in a new pack', () => {
  const starter = join(repositoryRoot, 'packages/cli/starter-pack');
  const files = readdirSync(starter, { recursive: true, withFileTypes: true })
    .filter(one => one.isFile())
    .map(({ name, parentPath }) => ({
      name,
      text: readFileSync(join(parentPath, name), 'utf8'),
    }));
  const codes = (cell: string) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
  const rows = guide
    .split('\n')
    .slice(
      guide.split('\n').findIndex(line => /name in the new pack/.test(line)),
    )
    .slice(2);
  const table = rows
    .slice(0, rows.indexOf(''))
    .map(line => line.split('|'))
    .map(([, names, , places]) => ({
      names: codes(names),
      places: codes(places).filter(place => !place.endsWith('/')),
    }));

  it.each(table)('$names are in $places', ({ names, places }) => {
    const found = files.filter(({ name, text }) =>
      names.some(
        one =>
          basename(name, '.csv') === one ||
          new RegExp(`\\b${one}\\b`).test(text),
      ),
    );
    expect(found.map(({ name }) => name).sort()).toEqual([...places].sort());
  });

  it('name owners, archetype, data set, words and function', () => {
    expect(table.flatMap(({ names }) => names)).toEqual([
      'group:default/platform',
      'overview',
      'stock',
      ...['item', 'kind', 'amount'],
      ...['Item', 'Kind', 'Amount'],
      ...['things', 'Thing'],
    ]);
  });
});

describe('the complete pack of the guide', () => {
  it('has no problems', () => {
    expect(lintPack(freight)).toEqual([]);
  });

  it('is quoted from each of its sources', () => {
    expect(new Set(blocks.map(({ path }) => path))).toEqual(
      new Set([
        'pack.yaml',
        'archetypes/container-moves/archetype.yaml',
        'archetypes/container-moves/template/functions.py.njk',
      ]),
    );
  });

  it.each(blocks)('is quoted as it is: $path (%#)', ({ path, text }) => {
    expect(linesOf(readFileSync(join(freight, path), 'utf8'))).toContain(
      linesOf(text),
    );
  });
});
