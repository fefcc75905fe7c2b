/** @jest-environment node */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPlace, hasDataDir, markDataDir } from './dataDir';

describe('the data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'folder-'));
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true });
  });

  const mark = (dataDir: string) => markDataDir({ dataDir, portBase: 7000 });

  it('is created with its parents, marked, and reused', () => {
    const dataDir = join(folder, 'a/b');
    mark(dataDir);
    mark(dataDir);
    expect(hasDataDir({ dataDir, portBase: 7000 })).toBe(true);
  });

  it('is never one that holds something else', () => {
    writeFileSync(join(folder, 'thesis.txt'), '');
    expect(() => mark(folder)).toThrow('already contains other files');
    expect(() => hasDataDir({ dataDir: folder, portBase: 7000 })).toThrow(
      'nothing was deleted',
    );
  });

  it('belongs to an installation in the cluster, or on this machine', () => {
    const here = { dataDir: folder, portBase: 7000 };
    const inCluster = { ...here, inCluster: true };
    checkPlace(here);
    checkPlace(inCluster);
    mkdirSync(join(folder, 'git'));
    checkPlace(here);
    expect(() => checkPlace(inCluster)).toThrow('has run on this machine');
    rmSync(join(folder, 'git'), { recursive: true });
    writeFileSync(join(folder, 'values.json'), '{}');
    checkPlace(inCluster);
    expect(() => checkPlace(here)).toThrow('runs in the cluster');
  });

  it('is no file, and not below one', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(file, 'below')]) {
      expect(() => mark(path)).toThrow(`${file} exists and is not a folder`);
    }
  });

  const onLinux = process.platform === 'linux' ? describe : describe.skip;
  onLinux('on Linux', () => {
    it('is rejected where no folder can be created', () => {
      expect(() => mark('/proc/nope/deep')).toThrow(
        '/proc/nope/deep cannot be the data folder: /proc/nope cannot be created',
      );
    });
  });

  it('is refused where its person may not write', () => {
    // Root can write everywhere; the file system checks the effective user.
    const isRoot = process.getuid?.() === 0;
    const nobody = 65_534;
    chmodSync(folder, 0o555);
    if (isRoot) process.seteuid!(nobody);
    try {
      expect(() => mark(join(folder, 'a'))).toThrow(
        'no permission to write to',
      );
      expect(() => mark(folder)).toThrow(
        /cannot be the data folder: .*(may not write|permission denied)/,
      );
    } finally {
      if (isRoot) process.seteuid!(0);
    }
  });

  it('is refused when sockets below it would have too long a path', () => {
    const long = join(folder, 'x'.repeat(40));
    expect(() => mark(long)).toThrow(/characters too long/);
    expect(existsSync(long)).toBe(false);
    mkdirSync(long);
    const options = { dataDir: long, portBase: 7000, context: 'theirs' };
    expect(() => markDataDir(options)).not.toThrow();
  });
});
