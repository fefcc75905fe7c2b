import { setTimeout as pause } from 'node:timers/promises';
import { length } from '../durations';
import { OperatorProcess, replica } from '../operators';
import { Editor } from './edit';
import { ChildWatch } from './ChildWatch';
import type { Ground } from './Subject';

/** Milliseconds that the second replica has to read everything. */
const warmUpMs = length(15_000, 3000);

/** A pod count that no other measurement requests, so that this edit is a change. */
const unusedPodCount = 4;

/**
 * Kills the leader of two replicas during work; returns the seconds until the other replica has done the work.
 */
export async function takeover({
  cluster,
  people,
  population,
}: Ground): Promise<number> {
  const { admin, kubeconfig } = cluster;
  const watch = await new ChildWatch(admin).start();
  const program = await replica();
  const leader = await OperatorProcess.start(program, kubeconfig);
  let follower: OperatorProcess | undefined;
  try {
    await leader.idle(population.apps.length);
    follower = await OperatorProcess.start(program, kubeconfig);
    await pause(warmUpMs);
    const start = performance.now();
    await leader.kill();
    await new Editor({ people, watch }, [unusedPodCount]).edit(
      population.editable[0],
    );
    return (performance.now() - start) / 1000;
  } finally {
    await leader.kill();
    await follower?.kill();
    watch.stop();
  }
}
