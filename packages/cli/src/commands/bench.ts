import { join } from 'node:path';
import { repositoryRoot } from '../stack/layout';
import { runProgram } from '../process/runProgram';

/** `npm run bench`: one benchmark, or the list of them; its result is the last line. */
export function bench(args: string[]): Promise<number> {
  return runProgram(process.execPath, [
    ...['--import', join(repositoryRoot, 'scripts/typescript.mjs')],
    join(repositoryRoot, 'bench/src/main.ts'),
    ...args,
  ]);
}
