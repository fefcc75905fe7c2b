import { lintPack } from '@bailiwick/backstage-domain-pack/authoring';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
