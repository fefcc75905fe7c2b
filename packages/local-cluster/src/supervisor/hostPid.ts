import { readdirSync } from 'node:fs';
import { readIfThere } from '../files';

/**
 * Translates a process ID of a launcher's PID namespace into the host's.
 *
 * @param launcher - the launcher's ID on the host
 * @param inner - the process's ID in the launcher's namespace
 * @returns the host's ID; `undefined` if the process has ended
 */
export function hostPid(launcher: number, inner: number): number | undefined {
  if (process.platform !== 'linux') return inner;
  const status = readIfThere(`/proc/${inner}/status`);
  // Without namespaces both ids are the same and the launcher is the parent.
  if (status && parentOf(status) === launcher) return inner;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const candidate = readStatus(entry);
    const ids = /^NSpid:\s+(.*)$/m.exec(candidate)?.[1].split(/\s+/) ?? [];
    if (
      ids.length > 1 &&
      Number(ids.at(-1)) === inner &&
      isBelow(candidate, launcher)
    ) {
      return Number(entry);
    }
  }
  return undefined;
}

/** In an isolated cluster the launcher's child is the cell's first process, and all others' parent. */
function isBelow(status: string, launcher: number): boolean {
  const parent = parentOf(status);
  if (parent === undefined) return false;
  return (
    parent === launcher || parentOf(readStatus(String(parent))) === launcher
  );
}

function parentOf(status: string): number | undefined {
  const parent = /^PPid:\s+(\d+)$/m.exec(status)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function readStatus(pid: string): string {
  try {
    return readIfThere(`/proc/${pid}/status`) ?? '';
  } catch {
    return ''; // ended between listing and reading (ESRCH)
  }
}
