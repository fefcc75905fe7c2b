import { join } from 'node:path';
import { repositoryRoot, runProgram } from '@bailiwick/backstage-cli';

/** `npm run faults`: a random campaign against the operator; its exit code is the verdict. */
export function faults(args: string[]): Promise<number> {
  return runProgram(process.execPath, [
    ...['--import', join(repositoryRoot, 'scripts/typescript.mjs')],
    join(repositoryRoot, 'packages/fault-tests/src/main.ts'),
    ...args,
  ]);
}
