import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readIfThere } from '../files';

/** A process that can be told from a later one with the same id. */
interface Holder {
  pid: number;
  /** When it started, in the operating system's own notation. */
  started: string;
}

/** Says which live process supervises the cluster; a dead one's lock counts as none. */
export function lockHolder(file: string): number | undefined {
  const content = readIfThere(file);
  if (!content) return undefined;
  const holder = JSON.parse(content) as Holder;
  return startOf(holder.pid) === holder.started ? holder.pid : undefined;
}

/**
 * Takes the lock for this process.
 *
 * @returns undefined, or the id of the live process that has it
 */
export function takeLock(file: string): number | undefined {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  const holder: Holder = {
    pid: process.pid,
    started: startOf(process.pid) ?? '',
  };
  writeFileSync(own, JSON.stringify(holder));
  try {
    for (;;) {
      const other = lockHolder(file);
      if (other !== undefined) return other;
      rmSync(file, { force: true });
      try {
        // Linking, unlike writing, fails if somebody else was quicker.
        linkSync(own, file);
        return undefined;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Gives the lock back if it is this process's. */
export function releaseLock(file: string): void {
  if (lockHolder(file) === process.pid) rmSync(file, { force: true });
}

/** When a live process started, in the system's own notation: tells it from a later one of its id. */
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
