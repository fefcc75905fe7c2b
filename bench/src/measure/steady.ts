import { setTimeout as pause } from 'node:timers/promises';
import { since, workOf } from '../cluster';
import { quiet, type Subject } from './Subject';

/** Counts the calls of a settled operator. @param seconds - for how long */
export async function steadyCalls(
  { cluster }: Subject,
  seconds = 30,
): Promise<number> {
  const before = await quiet(cluster);
  await pause(seconds * 1000);
  return workOf(since(before, await cluster.calls.read()));
}
