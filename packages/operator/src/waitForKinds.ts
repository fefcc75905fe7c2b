import {
  isNotFound,
  KubeApiError,
  KubeConnectionError,
  resourcePath,
  type KubeClient,
  type Logger,
} from '@bailiwick/backstage-kube-controller';
import { kinds, type Kind } from '@bailiwick/backstage-plugin-bailiwick-common';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between attempts. */
const interval = 1000;
/** A message is repeated after this many attempts. */
const quietAttempts = 15;

/**
 * Waits until the API server answers and serves all kinds.
 *
 * @throws KubeApiError when it refuses for another reason, such as missing rights
 */
export async function waitForKinds(
  client: KubeClient,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const missing = await findMissing(client, signal);
    if (!missing) return;
    if (attempt % quietAttempts === 0) log.info(missing);
    await sleep(interval, undefined, { signal }).catch(() => {});
  }
}

/** A sentence about what is missing, `undefined` when nothing is. */
async function findMissing(
  client: KubeClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const kind of kinds) {
    try {
      await isServed(client, kind, signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      const isPassing =
        error instanceof KubeConnectionError ||
        (error instanceof KubeApiError &&
          (error.status === 429 || error.status >= 500));
      if (isPassing) return `Waiting: ${error.message}`;
      if (!isNotFound(error)) throw error;
      return `Waiting for the kind ${kind.kind}; install charts/bailiwick/crds`;
    }
  }
  return undefined;
}

function isServed(
  client: KubeClient,
  kind: Kind,
  signal: AbortSignal,
): Promise<unknown> {
  return client.request({
    path: resourcePath(kind),
    query: { limit: 1 },
    signal,
  });
}
