import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Milliseconds after which a lock has no owner: git holds one for less than a second. */
const lockAge = 5_000;
/** Ending of the folder of a repository that is being created, see `GitHost.create`. */
const draft = /\.git\.\d+-\d+$/;

/**
 * Removes what git and the portal left in a folder of repositories when they were killed: locks, with which git would
 * refuse every later commit, references of unfinished edits, and repositories that are not complete. Call it before
 * anything else uses the folder.
 *
 * @returns the removed paths
 */
export async function removeLeftovers(directory: string): Promise<string[]> {
  const removed: string[] = [];
  const remove = async (path: string) => {
    await rm(path, { recursive: true, force: true });
    removed.push(path);
  };
  for (const tenant of await foldersIn(directory))
    for (const repository of await foldersIn(tenant)) {
      if (draft.test(repository)) await remove(repository);
      if (!repository.endsWith('.git')) continue;
      const edits = join(repository, 'refs/bailiwick/edits');
      if (await stat(edits).catch(() => undefined)) await remove(edits);
      for (const lock of await locksOf(repository))
        if (await isOld(lock)) await remove(lock);
    }
  return removed;
}

async function foldersIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(
    () => [],
  );
  return entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => join(directory, name));
}

/** Returns the locks of the settings and references of a repository. */
async function locksOf(repository: string): Promise<string[]> {
  const [files, references] = await Promise.all([
    readdir(repository),
    readdir(join(repository, 'refs'), { recursive: true }).catch(() => []),
  ]);
  return [...files, ...references.map(name => join('refs', name))]
    .filter(name => name.endsWith('.lock'))
    .map(name => join(repository, name));
}

async function isOld(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > lockAge;
}
