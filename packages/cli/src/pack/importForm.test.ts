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
import { importForm, importWords, writeImported } from './importForm';
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

  it('gives a pack that lint has nothing to say about', () => {
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

  it('says what changed and what is lost, each thing once', () => {
    write({
      properties: Object.fromEntries(
        ['a-b', 'c', 'd', 'e'].map(name => [
          name,
          { type: 'string', render: 'list' },
        ]),
      ),
    });
    const words = importWords(importForm(schema, archetype));
    expect(words).toContain('a-b is a_b\n');
    expect(words).toMatch(/No longer asked for.*\n {2}kind\n/);
    expect(words).toContain(
      [
        '  render is left out',
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
        /^values\.schema\.json:1: The schema is no object/,
      ],
      [
        'a schema that is not there',
        () => rmSync(schema, { force: true }),
        CommandError,
        /There is no such file/,
      ],
      [
        'a schema that is a folder',
        () => {
          schema = folder;
        },
        CommandError,
        /no plain file/,
      ],
      [
        'a schema of many bytes',
        () => writeFileSync(schema, Buffer.alloc(1_000_001, ' ')),
        CommandError,
        /more than 1000000 bytes/,
      ],
      [
        'a schema that is no text',
        () => writeFileSync(schema, Buffer.from([0xff])),
        CommandError,
        /not a text in UTF-8/,
      ],
      [
        'a folder without an archetype',
        () => {
          write({ properties: { a: { type: 'string' } } });
          archetype = folder;
        },
        CommandError,
        /archetype\.yaml: There is no such file/,
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
