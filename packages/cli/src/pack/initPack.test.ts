import { lintPack } from '@bailiwick/backstage-domain-pack/authoring';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { initPack } from './initPack';
import { writeSchemas } from './packSchemas';

const files = ['pack.yaml', 'archetypes/overview/archetype.yaml'];

describe('initPack', () => {
  let around: string;
  let pack: string;
  beforeEach(() => {
    around = mkdtempSync(join(tmpdir(), 'init-'));
    pack = join(around, 'plants');
    initPack(pack);
  });
  afterEach(() => rmSync(around, { recursive: true }));

  it.each(files)('puts the schema of %s into the pack', path => {
    const file = join(pack, path);
    const [, schema] = /\$schema=(\S+)/.exec(readFileSync(file, 'utf8'))!;
    const found = join(dirname(file), schema);
    expect(found.startsWith(pack)).toBe(true);
    expect(JSON.parse(readFileSync(found, 'utf8')).title).toMatch(/Bailiwick/);
  });

  it('writes the name of the folder wherever the pack is named', () => {
    const read = (path: string) => readFileSync(join(pack, path), 'utf8');
    expect(read('pack.yaml')).toMatch(
      /^ {2}name: plants\n[^]*^ {2}title: Plants$/m,
    );
    expect(read('README.md')).toMatch(/^# Plants pack\n/);
    const all = readdirSync(pack, { recursive: true, withFileTypes: true })
      .filter(one => one.isFile() && !one.parentPath.endsWith('.schema'))
      .map(({ name, parentPath }) =>
        readFileSync(join(parentPath, name), 'utf8'),
      );
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter(text => /starter/i.test(text))).toEqual([]);
  });

  it('writes a pack without problems, of which the schemas are no part', () => {
    expect(lintPack(pack)).toEqual([]);
  });

  it('renews schemas that are older than this Bailiwick', () => {
    expect(writeSchemas(pack)).toEqual([]);
    writeFileSync(join(pack, '.schema/pack.schema.json'), '{}');
    expect(writeSchemas(pack)).toEqual(['.schema/pack.schema.json']);
    expect(writeSchemas(pack)).toEqual([]);
  });

  it('adds no schemas to a pack without schemas', () => {
    rmSync(join(pack, '.schema'), { recursive: true });
    expect(writeSchemas(pack)).toEqual([]);
    expect(existsSync(join(pack, '.schema'))).toBe(false);
  });
});
