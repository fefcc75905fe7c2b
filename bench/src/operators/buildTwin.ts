import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../../twin');

/** Builds the twin into the user's cache and gives its path; Go itself knows what changed. */
export async function buildTwin(): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const program = join(cache, 'bailiwick/bench/twin');
  await run('go', ['build', '-o', program, '.'], { cwd: folder });
  return program;
}
