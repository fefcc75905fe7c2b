import {
  isOverloaded,
  KubeApiError,
  KubeConnectionError,
  type KubeClient,
  type Logger,
} from '@bailiwick/backstage-kube-controller';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between attempts. */
const interval = 1000;
/** A message is repeated after this many attempts. */
const quietAttempts = 15;

/**
 * Waits until the API server answers.
 *
 * @throws KubeApiError when it refuses this client, such as for its credentials
 */
export async function waitForServer(
  client: KubeClient,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await client.request({ path: '/apis', signal });
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (!isTransient(error)) throw error;
      if (attempt % quietAttempts === 0)
        log.info(`Waiting: ${(error as Error).message}`);
    }
    await sleep(interval, undefined, { signal }).catch(() => {});
  }
}

function isTransient(error: unknown): boolean {
  return (
    error instanceof KubeConnectionError ||
    isOverloaded(error) ||
    (error instanceof KubeApiError && error.status === 500)
  );
}
