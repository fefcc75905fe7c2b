// A lock between processes, held by a file that names its holder. No dependencies.
import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 200;

/**
 * Runs `work` while no other process runs its own under the same file. The lock of a process that
 * died counts as none.
 *
 * @param waiting - told once, with the id of the process that has the lock
 */
export async function withLock(file, waiting, work) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  const holder = JSON.stringify({
    pid: process.pid,
    started: startOf(process.pid),
  });
  writeFileSync(own, holder);
  let isTold = false;
  try {
    for (;;) {
      const other = take(file, own);
      if (other === undefined) break;
      if (!isTold) waiting(other);
      isTold = true;
      await pause(pollMs);
    }
  } finally {
    rmSync(own, { force: true });
  }
  try {
    return await work();
  } finally {
    if (read(file) === holder) rmSync(file, { force: true });
  }
}

/** Tries once; gives the id of the living process that has the lock, nothing when it is taken. */
function take(file, own) {
  for (;;) {
    try {
      // Linking, unlike writing, fails when somebody was quicker, and never shows half a file.
      linkSync(own, file);
      return undefined;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const seen = read(file);
    if (seen === undefined) continue; // given back just now
    const pid = livingHolder(seen);
    if (pid !== undefined) return pid;
    bury(file, seen, `${own}.stale`);
  }
}

/** Removes a dead process's lock, and only that: another may have taken it since it was read. */
function bury(file, seen, grave) {
  try {
    renameSync(file, grave);
    if (read(grave) !== seen) linkSync(grave, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(error.code)) throw error;
  } finally {
    rmSync(grave, { force: true });
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function livingHolder(content) {
  try {
    const { pid, started } = JSON.parse(content);
    return started && startOf(pid) === started ? pid : undefined;
  } catch {
    return undefined; // not written by us
  }
}

/** When a process started, in the system's own notation: tells it from a later one of its id. */
function startOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name in parentheses may contain spaces; the start time is field 20 after it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    }
    if (process.platform === 'win32') {
      process.kill(pid, 0);
      return 'alive';
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined; // it is gone
  }
}
