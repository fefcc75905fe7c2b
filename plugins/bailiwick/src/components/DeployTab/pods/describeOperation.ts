import type { AppEnvironment } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { PodView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-react';

/** Describes the progress of a restart or a pause; `undefined` if there is none. */
export function describeOperation(
  { restartedAt, suspended }: AppEnvironment,
  pods: PodView[],
): string | undefined {
  if (suspended)
    return pods.length > 0
      ? `Pausing: ${formatCount(pods.length, 'pod is', 'pods are')} stopping.`
      : undefined;
  const older = pods.filter(pod => pod.restartedAt !== restartedAt);
  if (!restartedAt || older.length === 0) return undefined;
  return `Restarting: ${formatCount(
    older.length,
    'pod is',
    'pods are',
  )} still to be replaced.`;
}
