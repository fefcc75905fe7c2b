import { readFileSync, writeFileSync } from 'node:fs';

/** For several files at a time, each with up to two clusters, which need some 25 each. Linux has 128 by default. */
const needed = 1024;

/**
 * Raises the number of inotify instances that a user can have (inotify(7)), until the machine is restarted. Does
 * nothing without the right to do so, and on other systems than Linux.
 */
export function raiseWatchLimit(
  file = '/proc/sys/fs/inotify/max_user_instances',
): void {
  try {
    if (Number(readFileSync(file, 'utf8')) < needed)
      writeFileSync(file, `${needed}\n`);
  } catch {
    // A cluster that cannot start for this reason says so.
  }
}
