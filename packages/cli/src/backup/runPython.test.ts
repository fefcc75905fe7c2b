import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { packProgram } from './archives';
import { adaptFolder, packFolder, unpackFolder } from './runPython';

// Beside other tests, programs need seconds to start.
jest.setTimeout(60_000);

const former = '5641f3c1-a6aa-4592-836e-0ddb8dc0adf6';
const present = 'aeec7918-993d-440a-b918-45f9ce236d96';
const other = '90ecf32c-02c9-42c7-9779-5411948cbdb8';

describe('a folder in a backup', () => {
  let work: string;
  let source: string;
  let target: string;

  beforeEach(() => {
    work = mkdtempSync(join(tmpdir(), 'folder-'));
    source = join(work, 'source');
    target = join(work, 'target');
    mkdirSync(join(source, 'prices.git/refs/heads'), { recursive: true });
  });
  afterEach(() => rmSync(work, { recursive: true, force: true }));

  const roundTrip = async () => {
    await packFolder(source, join(work, 'archive'));
    await unpackFolder(join(work, 'archive'), target);
  };

  it('keeps files, their modes and empty folders', async () => {
    writeFileSync(join(source, 'hook'), '#!/bin/sh\n');
    chmodSync(join(source, 'hook'), 0o755);
    await roundTrip();
    expect(readdirSync(target, { recursive: true }).sort()).toEqual([
      'hook',
      'prices.git',
      'prices.git/refs',
      'prices.git/refs/heads',
    ]);
    expect(statSync(join(target, 'hook')).mode & 0o777).toBe(0o755);
  });

  it('keeps relative links to other files in the folder', async () => {
    writeFileSync(join(source, 'prices.csv'), 'AAPL\n');
    symlinkSync('prices.csv', join(source, 'latest.csv'));
    symlinkSync('prices.git', join(source, 'repository'));
    symlinkSync('missing.csv', join(source, 'broken.csv'));
    symlinkSync('../archive', join(source, 'outside'));
    symlinkSync(join(source, 'prices.csv'), join(source, 'absolute'));
    await roundTrip();
    expect(readdirSync(target).sort()).toEqual([
      'broken.csv',
      'latest.csv',
      'prices.csv',
      'prices.git',
      'repository',
    ]);
    expect(readlinkSync(join(target, 'latest.csv'))).toBe('prices.csv');
  });

  it('leaves out links that would lead outside while it is extracted', async () => {
    mkdirSync(join(source, 'a/b'), { recursive: true });
    symlinkSync('a/b', join(source, 'z'));
    symlinkSync('z/../../x', join(source, 'l'));
    writeFileSync(join(source, 'kept'), '');
    await roundTrip();
    expect(readdirSync(target).sort()).toEqual([
      'a',
      'kept',
      'prices.git',
      'z',
    ]);
  });

  it('keeps files whose names end like those of a database', async () => {
    writeFileSync(join(source, 'trade-journal'), '');
    await roundTrip();
    expect(readdirSync(target)).toContain('trade-journal');
  });

  it('copies what only looks like a database, in the folder of a person', () => {
    writeFileSync(join(source, 'notes.sqlite'), 'my notes');
    const archive = execFileSync('python3', [
      ...['-c', packProgram, source, 'lenient'],
    ]);
    expect(archive.toString()).toContain('my notes');
  });

  it('has the committed rows of a database that is in use', async () => {
    const database = new DatabaseSync(join(source, 'portal.sqlite'));
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT)');
    database.exec("INSERT INTO notes VALUES ('committed')");
    database.exec("BEGIN; INSERT INTO notes VALUES ('not committed')");
    await roundTrip();
    database.close();
    expect(readdirSync(target)).toEqual(['portal.sqlite', 'prices.git']);
    const copy = new DatabaseSync(join(target, 'portal.sqlite'));
    const rows = copy.prepare('SELECT text FROM notes').all();
    copy.close();
    expect(rows.map(({ text }) => text)).toEqual(['committed']);
  });

  it('names present objects instead of former ones', async () => {
    const config = join(source, 'prices.git/config');
    writeFileSync(config, `tenantUid = ${former}\n`);
    const database = new DatabaseSync(join(source, 'portal.sqlite'));
    database.exec('CREATE TABLE sent (key TEXT PRIMARY KEY, value BLOB)');
    const add = database.prepare('INSERT INTO sent VALUES (?, ?)');
    add.run(`["${former}","end"]`, former);
    add.run(other, null);
    await adaptFolder(source, new Map([[former, present]]));
    const rows = database.prepare('SELECT * FROM sent ORDER BY value').all();
    database.close();
    expect(rows.map(row => ({ ...row }))).toEqual([
      { key: other, value: null },
      { key: `["${present}","end"]`, value: present },
    ]);
    expect(readFileSync(config, 'utf8')).toBe(`tenantUid = ${present}\n`);
  });

  it('reports what cannot be read', async () => {
    writeFileSync(join(source, 'broken.sqlite'), 'not a database');
    await expect(packFolder(source, join(work, 'archive'))).rejects.toThrow(
      /file is not a database/,
    );
  });
});
