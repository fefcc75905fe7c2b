import { readFileSync } from 'node:fs';

/** Seconds of CPU that a process has used so far. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime and stime in ticks of 10 ms (proc_pid_stat(5)).
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Memory of a process in bytes: the present resident memory, or its largest so far (proc_pid_status(5)). */
export function memoryOf(pid: number, figure: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const found = new RegExp(`^${figure}:\\s+(\\d+) kB`, 'm').exec(status);
  return Number(found?.[1]) * 1024;
}
