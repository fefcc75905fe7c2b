import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Lets anyone read the files of a folder, and no one run them, whatever the umask and the modes of originals were. */
export async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  for (const entry of entries)
    await chmod(
      join(entry.parentPath, entry.name),
      entry.isDirectory() ? 0o755 : 0o644,
    );
}
