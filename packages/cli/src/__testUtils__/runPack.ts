import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../installation/layout';

/** Runs `bailiwick pack` as a process of its own. */
export function runPack(...args: string[]) {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [
      '--import',
      join(repositoryRoot, 'scripts/typescript.mjs'),
      join(repositoryRoot, 'packages/cli/src/main.ts'),
      'pack',
      ...args,
    ],
    // Jest has an environment of its own.
    { encoding: 'utf8', env: process.env, timeout: 900_000 },
  );
  return { status, stderr, stdout };
}
