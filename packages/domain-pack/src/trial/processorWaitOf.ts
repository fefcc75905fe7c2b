import { readdirSync, readFileSync } from 'node:fs';

/**
 * Returns the milliseconds that a process was ready to run but waited for a processor: the longest wait of its threads
 * (https://docs.kernel.org/scheduler/sched-stats.html); 0 where the system does not tell, as on macOS, or after its end.
 */
export function processorWaitOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  try {
    const waits = readdirSync(tasks).map(task => {
      const [, waited] = readFileSync(
        `${tasks}/${task}/schedstat`,
        'utf8',
      ).split(' ');
      return Number(waited) / 1e6;
    });
    return Math.max(0, ...waits);
  } catch {
    return 0;
  }
}
