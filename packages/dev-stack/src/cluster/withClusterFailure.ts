import { KubeConnectionError } from '@bailiwick/backstage-kube-controller';
import { setTimeout as pause } from 'node:timers/promises';

/** Maximum time for a cluster to report why it ended, in milliseconds. */
const longestWait = 5_000;

/**
 * Does something that needs the cluster. When its API server cannot be reached because the cluster ended, such as on a
 * full disk, the reason of that end is thrown instead.
 *
 * @param ended - rejects with the reason when the cluster ends
 * @param waitMs - how long to wait for that reason
 */
export async function withClusterFailure<T>(
  work: Promise<T>,
  ended: () => Promise<unknown>,
  waitMs = longestWait,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof KubeConnectionError)
      await Promise.race([ended(), pause(waitMs)]);
    throw error;
  }
}
