/** @jest-environment node */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPrivateFolder } from './withPrivateFolder';

describe('the temporary folder of a backup', () => {
  it('is private, and is deleted afterwards', async () => {
    const folder = await withPrivateFolder(async used => {
      expect(statSync(used).mode & 0o777).toBe(0o700);
      return used;
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('is deleted by the next backup if its process was killed', async () => {
    const { pid } = spawnSync('true');
    const left = join(tmpdir(), `bailiwick-backup-${pid}-left`);
    await mkdir(left);
    await writeFile(join(left, 'objects.jsonl'), 'secret');
    await withPrivateFolder(async used => {
      expect(existsSync(left)).toBe(false);
      await withPrivateFolder(async () => {});
      expect(existsSync(used)).toBe(true);
    });
  });
});
