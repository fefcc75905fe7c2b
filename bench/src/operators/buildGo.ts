import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Builds a Go program into the user's cache and gives its path; Go itself knows what changed.
 *
 * @param folder - with a go.mod, in the bench's own folder; it names the program
 * @param target - package that is built
 */
export async function buildGo(folder: string, target = '.'): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const program = join(cache, 'bailiwick/bench', folder);
  await run('go', ['build', '-o', program, target], {
    cwd: join(import.meta.dirname, '../..', folder),
  });
  return program;
}
