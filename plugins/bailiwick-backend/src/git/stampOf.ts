import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** State of `main`. */
export interface Stamp {
  /** Differs after each later push. */
  text: string;
  /** Time of the last change, in milliseconds since 1970. */
  changedMs: number;
}

/** Describes the present state of `main` in a folder without running git; `undefined` without a repository. */
export async function stampOf(folder: string): Promise<Stamp | undefined> {
  // Git moves references that have not changed for a time into one file.
  for (const file of ['refs/heads/main', 'packed-refs']) {
    const found = await stat(join(folder, file)).catch(() => undefined);
    if (found)
      return {
        text: [file, found.ino, found.mtimeMs].join(' '),
        changedMs: found.mtimeMs,
      };
  }
  return undefined;
}
