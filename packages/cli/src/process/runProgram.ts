import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { CommandError } from '../CommandError';
import { repositoryRoot } from '../installation/layout';

/** Signals that end a run; the program may have to tidy up before it ends. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `lowest`: only processor time that nothing else needs. */
export type Priority = 'lowest';

/** Options of {@link runProgram}. */
export interface ProgramOptions {
  /** The repository's root unless given. */
  cwd?: string;
  env?: Record<string, string>;
  /** File to which output is appended, instead of to this process's output. */
  log?: string;
  /** That of this process unless given. */
  priority?: Priority;
}

/** A signal has ended the run. */
export class StoppedError extends CommandError {
  constructor() {
    super('The run was stopped.', 'Start the run again.');
  }
}

/** Nice value (sched(7)). */
const nice = constants.priority.PRIORITY_LOW;

/**
 * Lowers the priority of a process with a session of its own. Linux shares processors between sessions first (autogroups,
 * sched(7)).
 */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, nice);
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    // It only competes more with others; the file exists on Linux only.
  }
}

/**
 * Runs a program and waits for it.
 *
 * @returns its exit code; 128 and the number of the signal that ended it, as shells do
 * @throws StoppedError when the run is ended meanwhile; the program is ended, too
 */
export async function runProgram(
  program: string,
  args: string[],
  { cwd = repositoryRoot, env, log, priority }: ProgramOptions = {},
): Promise<number> {
  const output = log ? openSync(log, 'a') : 'inherit';
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, CI: '1', ...env },
    stdio: ['ignore', output, output],
    detached: priority !== undefined,
  });
  if (priority && child.pid) lowerPriority(child.pid);
  if (typeof output === 'number') closeSync(output);
  let isEnded = false;
  const end = (signal: NodeJS.Signals) => {
    isEnded = true;
    if (priority) endSession(child, signal);
    // A terminal sends Ctrl-C to the program, too.
    else if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, end);
  try {
    const [code, signal] = (await once(child, 'close')) as [
      number | null,
      NodeJS.Signals | null,
    ];
    if (isEnded) throw new StoppedError();
    return code ?? 128 + constants.signals[signal!];
  } finally {
    for (const signal of signals) process.off(signal, end);
  }
}

function endSession({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended before.
  }
}
