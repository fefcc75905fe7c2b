import {
  CommandError,
  isRunning,
  paths,
  readStackState,
  repositoryRoot,
  runProgram,
  stackOptions,
  type StackState,
} from '@bailiwick/backstage-cli';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Starts a stack in an empty data folder for a measurement or check, and removes it afterwards.
 *
 * @param options - the first of its ports, and whether the demo is played first
 * @throws CommandError when it does not start
 */
export async function withPortal<T>(
  { portBase, withDemo = false }: { portBase: number; withDemo?: boolean },
  use: (state: StackState, dataDir: string) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-portal-'));
  // Their output is progress; the last line is the caller's result.
  const stack = (...args: string[]) =>
    runProgram('sh', [
      ...['-c', 'exec "$@" >&2', 'sh', process.execPath],
      join(repositoryRoot, 'scripts/run.mjs'),
      ...args,
      ...['--data-dir', dataDir, '--port-base', String(portBase)],
    ]);
  try {
    await stack('start', '--detach');
    const state = readStackState(paths({ dataDir, portBase }).state);
    if (!state?.ready)
      throw new CommandError(
        'The portal did not start.',
        'See the messages above; npm run doctor reports what is missing.',
      );
    if (withDemo && (await stack('demo')) !== 0)
      throw new CommandError('The demo failed.', 'See the messages above.');
    return await use(state, dataDir);
  } finally {
    await stack('reset');
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Returns the stack that runs on a data folder. @throws CommandError when its portal is not ready */
export function runningStack(dataDir: string): StackState {
  const state = readStackState(
    paths(stackOptions({ 'data-dir': dataDir })).state,
  );
  if (!isRunning(state) || !state.ready)
    throw new CommandError(
      `No portal is ready in ${dataDir}.`,
      `Start it and play the demo: npm start -- --detach --data-dir ${dataDir}, npm run demo -- --data-dir ${dataDir}`,
    );
  return state;
}

/** Reads `--data-dir`, the only option of a benchmark. @throws CommandError for other arguments */
export function readDataDir(args: string[]): string | undefined {
  try {
    const options = { 'data-dir': { type: 'string' } } as const;
    return parseArgs({ args, options }).values['data-dir'];
  } catch (error) {
    throw new CommandError(
      (error as Error).message,
      'Known option: --data-dir.',
    );
  }
}
