import { CommandError } from '@bailiwick/backstage-cli';
import {
  coreKinds,
  resourcePath,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { setTimeout as pause } from 'node:timers/promises';

/** Namespaces of the chart's programs. */
const namespaces = ['bailiwick-portal', 'bailiwick-system'];
const pauseMs = 2_000;
/** Restarts after which a program is not expected to start; pauses grow with each, to a minute in all. */
const mostRestarts = 3;
/** Lines of the log in the error. */
const lastLines = 20;

/**
 * Watches the chart's programs while they start.
 *
 * @throws CommandError with the end of its log when one ends again and again
 */
export async function findCrashes(
  client: KubeClient,
  signal: AbortSignal,
): Promise<never> {
  for (;;) {
    // The API server may be busy; its failures are reported by those who need it.
    const crash = await findCrash(client).catch(() => undefined);
    if (crash) throw crash;
    await pause(pauseMs, undefined, { signal });
  }
}

async function findCrash(
  client: KubeClient,
): Promise<CommandError | undefined> {
  for (const namespace of namespaces) {
    const pods = await client.resource<Pod>(coreKinds.pods).list({ namespace });
    for (const { metadata, status } of pods) {
      const container = [
        ...(status?.initContainerStatuses ?? []),
        ...(status?.containerStatuses ?? []),
      ].find(
        ({ restartCount, state }) =>
          restartCount >= mostRestarts &&
          state?.waiting?.reason === 'CrashLoopBackOff',
      );
      if (!container) continue;
      const log = await client.request<string>({
        path: resourcePath(coreKinds.pods, {
          namespace,
          name: metadata.name,
          subresource: 'log',
        }),
        query: {
          container: container.name,
          previous: true,
          tailLines: lastLines,
        },
      });
      return new CommandError(
        `Container ${container.name} of pod ${namespace}/${
          metadata.name
        } ends again and again:\n${log.trim()}`,
        'Correct the cause, then start again.',
      );
    }
  }
  return undefined;
}
