import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CommandError } from '../CommandError';
import { repositoryRoot } from '../installation/layout';

/**
 * Runs a program in the foreground of the test run; gives its exit code.
 *
 * @throws CommandError when the run is ended meanwhile; the program is ended, too
 */
export async function runProgram(
  program: string,
  args: string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<number> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? repositoryRoot,
    env: { ...process.env, CI: '1', ...options.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  let isEnded = false;
  const end = () => {
    isEnded = true;
    child.kill('SIGTERM');
  };
  process.once('SIGTERM', end);
  try {
    const [code] = await once(child, 'close');
    if (isEnded)
      throw new CommandError('The run was ended.', 'Start it again.');
    return code ?? 1;
  } finally {
    process.off('SIGTERM', end);
  }
}

/** Runs a program of the repository's dependencies with this Node. */
export function runNode(
  script: string,
  args: string[],
  options?: { cwd?: string; env?: Record<string, string> },
): Promise<number> {
  return runProgram(process.execPath, [script, ...args], options);
}
