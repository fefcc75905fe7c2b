import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  addresses,
  CommandError,
  isRunning,
  parseFlags,
  paths,
  removeStackState,
  type StackFlags,
  type StackOptions,
  stackOptions,
} from '@bailiwick/backstage-cli';
import { commandLine } from '../stack/commandLine';
import { hasExited } from '../process/hasExited';
import { checkDatabases } from '../stack/checkDatabases';
import { checkMachine } from '../stack/checkMachine';
import { checkPorts } from '../stack/checkPorts';
import { checkPlace, markDataDir } from '../stack/dataDir';
import { Reporter } from '../progress/Reporter';
import { Stack } from '../stack/Stack';
import {
  checkUnclaimed,
  claimStack,
  transferStack,
  releaseStack,
  tryReadStackState,
} from '../stack/stackLock';

/**
 * `npm start`: everything in the foreground, or in the background with `--detach`.
 *
 * @returns 0 when everything was ready, 1 when it was stopped before
 */
export async function start(args: string[]): Promise<number> {
  const { values } = parseFlags<StackFlags & { detach?: boolean }>(
    'start',
    args,
  );
  const options = stackOptions(values);
  const running = tryReadStackState(options);
  if (isRunning(running) && running.ready) {
    process.stderr.write(
      `Bailiwick is already running: ${running.addresses.portal}\n`,
    );
    return 0;
  }
  checkUnclaimed(options);
  checkPlace(options);
  await checkPorts(options);
  markDataDir(options);
  claimStack(options);
  try {
    const reporter = new Reporter(
      Number(process.env.BAILIWICK_STARTED ?? Date.now()),
    );
    checkDatabases(paths(options).portal);
    await checkMachine(options, reporter);
    return values.detach
      ? await startDetached(options, args)
      : await startForeground(options, reporter, commandLine('stop', values));
  } finally {
    releaseStack(options);
  }
}

async function startForeground(
  options: StackOptions,
  reporter: Reporter,
  stop: string,
): Promise<number> {
  let isStarted = false;
  const stack = new Stack(options, reporter);
  const ended = new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // Also a second one: pressing Ctrl-C twice still stops everything.
      process.on(signal, () => resolve());
    }
  });
  try {
    const started = stack.start().then(() => true);
    isStarted = await Promise.race([started, ended.then(() => false)]);
    if (isStarted) {
      reporter.say(
        `Everything is ready. Open ${addresses(options).portal} (${
          process.stdin.isTTY ? 'Ctrl-C' : stop
        } stops it)`,
      );
      await ended;
    } else {
      started.catch(() => {}); // it was stopped on the way
    }
    reporter.say('Stopping');
    return isStarted ? 0 : 1;
  } catch (error) {
    stack.fail(error);
    throw error;
  } finally {
    await stack.stop();
    reporter.say('Stopped');
    if (!tryReadStackState(options)?.error) {
      removeStackState(paths(options).state);
    }
  }
}

/** Starts this command again as a process of its own and waits until everything is ready. */
async function startDetached(
  options: StackOptions,
  args: string[],
): Promise<number> {
  const { logs, state: stateFile } = paths(options);
  mkdirSync(logs, { recursive: true });
  removeStackState(stateFile);
  const log = join(logs, 'start.log');
  const output = openSync(log, 'w');
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      process.argv[1],
      'start',
      ...args.filter(arg => arg !== '--detach'),
    ],
    { detached: true, stdio: ['ignore', output, output] },
  );
  closeSync(output);
  if (child.pid !== undefined) transferStack(options, child.pid);
  child.unref();
  const follow = followLog(log);
  for (;;) {
    const state = tryReadStackState(options);
    follow();
    if (state?.ready) return 0;
    if (hasExited(child)) {
      follow();
      if (state?.error) return 1; // its log told why
      throw new CommandError(
        'Bailiwick stopped while starting.',
        `See the log ${log}.`,
      );
    }
    await pause(250);
  }
}

function followLog(file: string): () => void {
  let told = 0;
  return () => {
    const text = readFileSync(file, 'utf8');
    process.stderr.write(text.slice(told));
    told = text.length;
  };
}
