import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { RenderedFile } from '../render';

/** Writes the files of an app into a new folder and returns its path. */
export function writeApp(files: readonly RenderedFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'app-'));
  for (const { content, path } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}
