/** @jest-environment node */
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { checkDatabases } from './checkDatabases';

describe('checkDatabases', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function createDatabase(name: string): string {
    const file = join(folder, name);
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE entities (id INTEGER PRIMARY KEY, text TEXT)');
    const insert = database.prepare('INSERT INTO entities (text) VALUES (?)');
    database.exec('BEGIN');
    for (let row = 0; row < 200; row += 1) insert.run('x'.repeat(200));
    database.exec('COMMIT');
    database.close();
    return file;
  }

  it('accepts sound, empty and missing databases, and leaves them as they are', () => {
    const file = createDatabase('catalog.sqlite');
    writeFileSync(join(folder, 'app.sqlite'), '');
    writeFileSync(join(folder, 'notes.txt'), 'not a database');
    const [before, files] = [readFileSync(file), readdirSync(folder)];
    checkDatabases(folder);
    checkDatabases(join(folder, 'missing'));
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(files);
  });

  it.each<[string, (file: string) => void]>([
    ['other text', file => writeFileSync(file, 'damaged'.repeat(1000))],
    ['half of it', file => truncateSync(file, 12_288)],
    [
      'noise on one page',
      file => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 8_192, 12_288);
        writeFileSync(file, bytes);
      },
    ],
  ])('names a file with %s, and the lost data', (_, damage) => {
    const file = createDatabase('catalog.sqlite');
    createDatabase('auth.sqlite');
    damage(file);
    expect(() => checkDatabases(folder)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`${file} is damaged: `),
        remedy:
          'Delete it and start again: the catalog is rebuilt, only locations that were registered by hand are lost.',
      }),
    );
  });

  it('names the plugin of an unknown database', () => {
    writeFileSync(join(folder, 'search.sqlite'), 'damaged'.repeat(1000));
    expect(() => checkDatabases(folder)).toThrow(
      expect.objectContaining({
        remedy: expect.stringContaining('what the plugin search stored'),
      }),
    );
  });
});
