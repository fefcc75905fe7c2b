import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from '../stack/layout';

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
    { encoding: 'utf8', timeout: 100_000 },
  );
  return { status, stderr, stdout };
}
