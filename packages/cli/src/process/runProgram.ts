import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { CommandError } from '../CommandError';
import { repositoryRoot } from '../installation/layout';

/** Signals that end a run; the program may have to tidy up before it ends. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Options of {@link runProgram}. */
export interface ProgramOptions {
  /** The repository's root unless given. */
  cwd?: string;
  env?: Record<string, string>;
  /** File to which output is appended, instead of to this process's output. */
  log?: string;
}

/**
 * Runs a program in the foreground; gives its exit code.
 *
 * @throws CommandError when the run is ended meanwhile; the program is ended, too
 */
export async function runProgram(
  program: string,
  args: string[],
  { cwd = repositoryRoot, env, log }: ProgramOptions = {},
): Promise<number> {
  const output = log ? openSync(log, 'a') : 'inherit';
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, CI: '1', ...env },
    stdio: ['ignore', output, output],
  });
  if (typeof output === 'number') closeSync(output);
  let isEnded = false;
  const end = (signal: NodeJS.Signals) => {
    isEnded = true;
    // A terminal sends Ctrl-C to the program, too.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, end);
  try {
    const [code] = await once(child, 'close');
    if (isEnded)
      throw new CommandError('The run was stopped.', 'Start the run again.');
    return code ?? 1;
  } finally {
    for (const signal of signals) process.off(signal, end);
  }
}
