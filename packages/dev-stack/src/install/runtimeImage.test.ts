import { CommandError } from '@bailiwick/backstage-cli';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { advisoriesPath } from './runtimeImage';

describe('advisoriesPath', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bailiwick-advisories-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('returns the absolute path of a file that exists', () => {
    const file = join(folder, 'all.zip');
    writeFileSync(file, '');
    const given = relative(process.cwd(), file);
    expect(advisoriesPath({ BAILIWICK_ADVISORIES: given })).toBe(file);
  });

  it('needs no database', () => {
    expect(advisoriesPath({})).toBeUndefined();
  });

  it('rejects a file that does not exist, and names it', () => {
    const file = join(folder, 'all.zip');
    expect(() => advisoriesPath({ BAILIWICK_ADVISORIES: file })).toThrow(
      new CommandError(
        `BAILIWICK_ADVISORIES names ${file}, which does not exist.`,
        'Set it to a .zip file or a folder with advisories in the OSV format, or unset it.',
      ),
    );
  });
});
