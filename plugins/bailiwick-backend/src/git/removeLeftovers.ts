import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { draftEnding } from './withDraft';

/** Milliseconds after which a lock has no owner: git holds one for less than a second, and a stalled disk for longer. */
const lockAge = 30_000;
/** Milliseconds after which an edit, or the creation of a repository, has no owner. They take seconds. */
const draftAge = 10 * 60_000;
/**
 * Removes what git and a portal left in a folder of repositories when they were killed: locks, with which git would
 * refuse every later commit, references of unfinished edits, and repositories that are not complete. What another
 * portal is working on is younger, and is kept.
 *
 * @returns the removed paths
 */
export async function removeLeftovers(directory: string): Promise<string[]> {
  const removed: string[] = [];
  const removeOld = async (path: string, age: number) => {
    if (!(await isOlder(path, age))) return;
    await rm(path, { recursive: true, force: true });
    removed.push(path);
  };
  for (const tenant of await foldersIn(directory))
    for (const repository of await foldersIn(tenant)) {
      if (draftEnding.test(repository)) await removeOld(repository, draftAge);
      if (!repository.endsWith('.git')) continue;
      for (const edit of await editsOf(repository))
        await removeOld(edit, draftAge);
      for (const lock of await locksOf(repository))
        await removeOld(lock, lockAge);
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

/** Returns the references of edits that are not committed yet. */
async function editsOf(repository: string): Promise<string[]> {
  const folder = join(repository, 'refs/bailiwick/edits');
  const names = await readdir(folder).catch(() => []);
  return names.map(name => join(folder, name));
}

async function isOlder(path: string, age: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > age;
}
