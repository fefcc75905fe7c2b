import { since } from '../cluster';
import type { Program } from '../operators';
import { quiet, withSubject, type Ground } from './Subject';

/** Result of starting an operator with all objects in place. */
export interface Restart {
  /** From the start of the program until it has looked at every app, seconds. */
  coldStartSeconds: number;
  /** Writes that it did although there was nothing to do. */
  resyncWrites: number;
  resyncReads: number;
}

/** Starts a program while all apps and children exist, and waits until it is idle. */
export async function restart(
  ground: Ground,
  program: Program,
): Promise<Restart> {
  const before = await ground.cluster.calls.read();
  return withSubject(ground, program, async ({ process, cluster }) => {
    const coldStartSeconds = await process.idle(ground.population.apps.length);
    const { reads, writes } = since(before, await quiet(cluster));
    return { coldStartSeconds, resyncWrites: writes, resyncReads: reads };
  });
}
