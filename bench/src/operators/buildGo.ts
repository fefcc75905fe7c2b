import {
  findGo,
  goBuildEnvironment,
  goBuildFlags,
} from '@bailiwick/backstage-local-cluster';
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Builds a Go program into the user's cache, with the flags of Kubernetes' own build, whose packages are then in Go's
 * cache.
 *
 * @param folder - folder of the bench with a go.mod; it names the program
 * @returns path of the program
 */
export async function buildGo(folder: string): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const program = join(cache, 'bailiwick/bench', folder);
  const go = await findGo({
    report: detail => process.stderr.write(`${detail}\n`),
  });
  await run(go, ['build', ...goBuildFlags, '-o', program, '.'], {
    cwd: join(import.meta.dirname, '../..', folder),
    env: { ...process.env, ...goBuildEnvironment },
  });
  return program;
}
