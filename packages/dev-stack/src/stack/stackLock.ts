import {
  transferLock,
  inheritLock,
  lockHolder,
  releaseLock,
} from '@bailiwick/backstage-local-cluster';
import {
  CommandError,
  isRunning,
  paths,
  readStackState,
  type StackOptions,
  type StackState,
} from '@bailiwick/backstage-cli';

/** @throws CommandError when another process starts Bailiwick, or keeps it running, for a data folder */
export function checkUnclaimed(options: StackOptions): void {
  const other = stackProcess(options);
  if (other !== undefined && ![process.pid, process.ppid].includes(other))
    throw alreadyStarts(other, options);
}

/**
 * Claims the data folder for this process, which starts or supervises Bailiwick. A process hands its claim to the one
 * that it starts in the background.
 *
 * @throws CommandError when another process has the claim
 */
export function claimStack(options: StackOptions): void {
  const other = inheritLock(paths(options).lock);
  if (other !== undefined) throw alreadyStarts(other, options);
}

/** Hands the claim of this process on to one that it has started, so that it can be stopped from its beginning. */
export function transferStack(options: StackOptions, pid: number): void {
  transferLock(paths(options).lock, pid);
}

function alreadyStarts(pid: number, { dataDir }: StackOptions): CommandError {
  return new CommandError(
    `Process ${pid} is already running or starting Bailiwick in ${dataDir}.`,
    'npm run status shows its progress; npm stop stops it.',
  );
}

/** Releases the claim, unless another process has it now. */
export function releaseStack(options: StackOptions): void {
  releaseLock(paths(options).lock);
}

/** Reads the state of a data folder; undefined when there is none, or a damaged one. */
export function tryReadStackState(
  options: StackOptions,
): StackState | undefined {
  try {
    return readStackState(paths(options).state);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** Returns the process that starts Bailiwick, or keeps it running, for a data folder. */
export function stackProcess(options: StackOptions): number | undefined {
  const holder = lockHolder(paths(options).lock);
  if (holder !== undefined) return holder;
  // One that an older version started has no lock.
  const state = tryReadStackState(options);
  return isRunning(state) ? state.pid : undefined;
}
