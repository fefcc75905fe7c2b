import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseObject, readIfThere, replaceFile } from '../files';

/** A process, distinguished from later ones with the same ID. */
interface Holder {
  pid: number;
  /** When it started, in the operating system's own notation. */
  started: string;
}

const pollMs = 200;

/** Returns the live process that holds the lock; locks of dead processes and damaged ones count as free. */
export function lockHolder(file: string): number | undefined {
  return livingHolder(readIfThere(file));
}

function livingHolder(content: string | undefined): number | undefined {
  const { pid, started } = parseObject<Partial<Holder>>(content ?? '') ?? {};
  if (typeof pid !== 'number' || !started) return undefined;
  return startOf(pid) === started ? pid : undefined;
}

/**
 * Takes the lock for this process.
 *
 * @returns `undefined`, or the ID of the live process that holds it
 */
export function takeLock(file: string): number | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, claimOf(process.pid));
  try {
    for (;;) {
      // Linking, unlike writing, fails if another process was faster, and never exposes a partial file.
      if (succeeds(() => linkSync(own, file), 'EEXIST')) return undefined;
      const seen = readIfThere(file);
      const other = livingHolder(seen);
      if (other !== undefined) return other;
      if (seen !== undefined) bury(file, seen, `${own}.stale`);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Takes the lock over from the parent process, unless the parent has passed it on already.
 *
 * @returns `undefined`, or the ID of another live process that holds it
 */
export function inheritLock(file: string): number | undefined {
  const holder = lockHolder(file);
  if (holder === process.pid) return undefined;
  if (holder !== process.ppid) return takeLock(file);
  replaceFile(file, claimOf(process.pid));
  return undefined;
}

/** Hands the lock of this process on to one that it has started; does nothing when that one has it already. */
export function transferLock(file: string, pid: number): void {
  if (lockHolder(file) === process.pid) replaceFile(file, claimOf(pid));
}

function claimOf(pid: number): string {
  return JSON.stringify({ pid, started: startOf(pid) ?? '' } satisfies Holder);
}

/**
 * Removes a dead process's lock. Another process may have taken the lock since it was read: that one is
 * put back. Only who comes between the two last lines of this could still believe to have it.
 */
function bury(file: string, seen: string, grave: string): void {
  if (readIfThere(file) !== seen) return;
  if (!succeeds(() => renameSync(file, grave), 'ENOENT')) return;
  if (readIfThere(grave) !== seen)
    succeeds(() => linkSync(grave, file), 'EEXIST');
  rmSync(grave, { force: true });
}

/** Whether it worked; one kind of failure is expected. @throws any other error */
function succeeds(act: () => void, expected: string): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expected) return false;
    throw error;
  }
}

/**
 * Does something while no other process does its own under the same lock.
 *
 * @param options - `waiting` hears, again and again, which process has the lock; `signal` ends the wait
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options: { waiting?: (holder: number) => void; signal?: AbortSignal } = {},
): Promise<T> {
  const { signal, waiting = () => {} } = options;
  for (;;) {
    const other = takeLock(file);
    if (other === undefined) break;
    waiting(other);
    await pause(pollMs, undefined, { signal });
  }
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}

/** Releases the lock if this process holds it. */
export function releaseLock(file: string): void {
  if (lockHolder(file) === process.pid) rmSync(file, { force: true });
}

/**
 * Returns the start time of a live process in the system's own notation, which distinguishes it from later ones with
 * the same ID.
 */
export function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readIfThere(`/proc/${pid}/stat`);
    // The name in parentheses may contain spaces; the start time is field 20 after it.
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields?.[0] === 'Z' ? undefined : fields?.[19];
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}
