import type { KubeClient, Pod } from '@bailiwick/backstage-kube-controller';
import {
  slotUsageSchema,
  type SlotUsage,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { askPod } from '../health';
import type { PodReadings } from './LoadSample';

/** Maximum number of pods of an app that are read at the same time. */
const maxParallel = 10;
/** Timeout of reading all pods of an app, milliseconds. */
const timeout = 3000;

/** Reads the use of the slots of pods; a pod without a valid response in time counts as silent. */
export async function readPods(
  client: KubeClient,
  pods: readonly Pod[],
  outer: AbortSignal,
): Promise<PodReadings> {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(timeout)]);
  const readings = new Map<string, SlotUsage | undefined>();
  const queue = pods.values();
  const work = async () => {
    // All workers take from one queue.
    for (const pod of queue) {
      const answer = await askPod(client, pod, '/concurrency', {
        signal,
        timeout,
      }).catch(() => undefined);
      const { data } = slotUsageSchema.safeParse(answer);
      readings.set(pod.metadata.uid ?? '', data);
    }
  };
  const workers = Math.min(maxParallel, pods.length);
  await Promise.all(Array.from({ length: workers }, work));
  return readings;
}
