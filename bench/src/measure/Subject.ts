import { setTimeout as pause } from 'node:timers/promises';
import type { BenchCluster } from '../cluster';
import { workOf, type Calls } from '../cluster';
import { length } from '../durations';
import { OperatorProcess, type Program } from '../operators';
import type { People, Population } from '../scenario';
import { ChildWatch } from './ChildWatch';
import { unlessFailed } from './Failures';

/** Milliseconds without a call after which an operator has settled. */
const quietMs = length(3000, 1000);

/** Everything that a measurement needs. */
export interface Ground {
  cluster: BenchCluster;
  population: Population;
  people: People;
  /** Reports progress. */
  say: (text: string) => void;
}

/** A running operator that is measured, and who watches it. */
export interface Subject extends Ground {
  process: OperatorProcess;
  watch: ChildWatch;
}

/**
 * Starts a program and a watch of its results, works with both, and ends both.
 *
 * @throws SubjectFailedError as soon as the program reports a failure
 */
export async function withSubject<T>(
  ground: Ground,
  program: Program,
  act: (subject: Subject) => Promise<T>,
): Promise<T> {
  const { admin, kubeconfig } = ground.cluster;
  const watch = await new ChildWatch(admin).start();
  const process = await OperatorProcess.start(program, kubeconfig);
  try {
    return await unlessFailed(admin, process, () =>
      act({ ...ground, process, watch }),
    );
  } finally {
    await process.kill();
    watch.stop();
  }
}

/** Waits until an operator sends no more calls; returns the number of calls. */
export async function quiet(
  { calls }: BenchCluster,
  seconds = 600,
): Promise<Calls> {
  const end = performance.now() + seconds * 1000;
  let before = await calls.read();
  while (performance.now() < end) {
    await pause(quietMs);
    const now = await calls.read();
    if (workOf(now) === workOf(before)) return now;
    before = now;
  }
  throw new Error(`The operator still calls after ${seconds} s`);
}
