/** @jest-environment node */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { arch, platform } from 'node:process';
import { copyPackage } from './copyPackage';

describe('copyPackage', () => {
  let target: string;

  beforeEach(() => {
    target = mkdtempSync(join(tmpdir(), 'package-'));
  });
  afterEach(() => rmSync(target, { recursive: true }));

  /** Copies a package of which a program imports one file. @returns paths of the copies from the package's folder */
  async function copied(folder: string, imported: string): Promise<string[]> {
    const copy = await copyPackage(folder, [`${folder}/${imported}`], target);
    return readdirSync(copy, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ name, parentPath }) => relative(copy, join(parentPath, name)))
      .sort();
  }

  it('copies only imported files, with manifest and license', async () => {
    expect(await copied('node_modules/lodash', 'isEqual.js')).toEqual([
      'LICENSE',
      'isEqual.js',
      'package.json',
    ]);
  });

  it('copies files whose paths the imported ones compute', async () => {
    const files = await copied('node_modules/pg-format', 'lib/index.js');
    expect(files).toContain('lib/reserved.js');
    expect(files.filter(file => /^test|\.md$/.test(file))).toEqual([]);
  });

  it('copies native libraries for this platform only', async () => {
    const files = await copied('node_modules/better-sqlite3', 'lib/binding.js');
    expect(files.filter(file => file.endsWith('.node'))).toEqual([
      `prebuilds/${platform}-${arch}.node`,
    ]);
  });
});
