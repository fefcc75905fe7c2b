import { setTimeout as pause } from 'node:timers/promises';
import { since, workOf } from '../cluster';
import { length } from '../durations';
import { quiet, type Subject } from './Subject';

/** Counts the calls of a settled operator. @param seconds - for how long */
export async function steadyCalls(
  { cluster }: Subject,
  seconds = length(30, 1),
): Promise<number> {
  const before = await quiet(cluster);
  await pause(seconds * 1000);
  return workOf(since(before, await cluster.calls.read()));
}
