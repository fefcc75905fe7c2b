import { cpus } from 'node:os';

/** Milliseconds of all processors since the machine started: in all, and with work. */
function processorTime(): { busy: number; total: number } {
  const times = cpus().map(cpu => cpu.times);
  const total = times.reduce(
    (sum, { idle, irq, nice, sys, user }) =>
      sum + idle + irq + nice + sys + user,
    0,
  );
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  return { busy: total - idle, total };
}

/** Load of the machine. */
export interface Load {
  /** Busy part of the time of all processors. */
  busyFraction: number;
  /** Busy seconds of all processors together. */
  busySeconds: number;
}

/** Starts measuring the load of this machine. @returns a function that returns the load since then */
export function measureLoad(): () => Load {
  const first = processorTime();
  return () => {
    const last = processorTime();
    const busy = last.busy - first.busy;
    return {
      busyFraction: busy / (last.total - first.total),
      busySeconds: busy / 1000,
    };
  };
}
