import { readIfThere } from '../files';

/** Clock ticks in a second, which Linux fixes for programs whatever the kernel's own rate is. */
const ticksPerSecond = 100;

/** Returns the processor time of a process; `undefined` where the system does not report it. */
export function cpuSeconds(pid: number): number | undefined {
  try {
    const stat = readIfThere(`/proc/${pid}/stat`);
    if (stat === undefined) return undefined;
    // The name in parentheses may contain spaces; user and system time are fields 12 and 13 after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return undefined; // it ended meanwhile (ESRCH)
  }
}
