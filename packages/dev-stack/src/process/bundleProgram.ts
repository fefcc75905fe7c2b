import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '@bailiwick/backstage-cli';

const run = promisify(execFile);

/** Bundles a program of this repository into one file, and returns its path. */
export async function bundleProgram(program: string): Promise<string> {
  const { stdout } = await run(process.execPath, [
    join(repositoryRoot, 'scripts/bundle.mjs'),
    join(repositoryRoot, program),
  ]);
  return stdout.trim();
}
