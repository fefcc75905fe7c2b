import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  lintPack,
  PackError,
} from '@bailiwick/backstage-domain-pack/authoring';
import { CommandError } from '../CommandError';
import { importForm, formatImport, writeImported } from './importForm';
import { initPack } from './initPack';

describe('importForm', () => {
  let folder: string;
  let archetype: string;
  let schema: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-'));
    initPack(join(folder, 'plants'));
    archetype = join(folder, 'plants/archetypes/overview');
    schema = join(folder, 'values.schema.json');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (value: unknown) =>
    writeFileSync(schema, JSON.stringify(value, undefined, 2));
  const yaml = () => readFileSync(join(archetype, 'archetype.yaml'), 'utf8');

  it('creates a pack without lint problems', () => {
    write({
      properties: {
        kind: { type: 'string', default: 'fruit', maxLength: 20 },
        water: { properties: { litres: { type: 'number', default: 1.5 } } },
      },
    });
    const before = yaml();
    const imported = importForm(schema, archetype);
    expect(yaml()).toBe(before);
    writeImported(imported);
    expect(yaml()).toMatch(/water_litres:\n {6}type: number/);
    expect(lintPack(join(folder, 'plants'))).toEqual([]);
    expect(readdirSync(archetype).sort()).toEqual([
      'archetype.yaml',
      'template',
    ]);
  });

  it('reports each change and loss once', () => {
    write({
      properties: Object.fromEntries(
        ['a-b', 'c', 'd', 'e'].map(name => [
          name,
          { type: 'string', render: 'list' },
        ]),
      ),
    });
    const words = formatImport(importForm(schema, archetype));
    expect(words).toContain('a-b is a_b\n');
    expect(words).toMatch(/Removed parameters.*\n {2}kind\n/);
    expect(words).toContain(
      [
        '  render omitted',
        '    line 5 /properties/a-b/render',
        '    line 9 /properties/c/render',
        '    line 13 /properties/d/render',
        '    and 1 more\n',
      ].join('\n'),
    );
  });

  it.each<[string, () => void, typeof PackError | typeof CommandError, RegExp]>(
    [
      [
        'a schema that is none',
        () => write([]),
        PackError,
        /^values\.schema\.json:1: The schema is not an object/,
      ],
      [
        'a schema that is not there',
        () => rmSync(schema, { force: true }),
        CommandError,
        /The file does not exist/,
      ],
      [
        'a schema that is a folder',
        () => {
          schema = folder;
        },
        CommandError,
        /not a regular file/i,
      ],
      [
        'a schema of many bytes',
        () => writeFileSync(schema, Buffer.alloc(1_000_001, ' ')),
        CommandError,
        /Larger than 1000000 bytes/,
      ],
      [
        'a schema that is no text',
        () => writeFileSync(schema, Buffer.from([0xff])),
        CommandError,
        /not UTF-8 text/i,
      ],
      [
        'a folder without an archetype',
        () => {
          write({ properties: { a: { type: 'string' } } });
          archetype = folder;
        },
        CommandError,
        /archetype\.yaml: The file does not exist/,
      ],
    ],
  )('refuses %s', (_name, change, kind, words) => {
    const before = yaml();
    const file = join(archetype, 'archetype.yaml');
    change();
    const importing = () => importForm(schema, archetype);
    expect(importing).toThrow(kind);
    expect(importing).toThrow(words);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
