import type {
  AppEnvironment,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common';

/** How far a restart or a pause of an app is; `undefined` when neither goes on. */
export function operationWords(
  { restartedAt, suspended }: AppEnvironment,
  pods: PodView[],
): string | undefined {
  if (suspended)
    return pods.length > 0
      ? `Pausing: ${podWords(pods.length)} stopping.`
      : undefined;
  const older = pods.filter(pod => pod.restartedAt !== restartedAt);
  if (!restartedAt || older.length === 0) return undefined;
  return `Restarting: ${podWords(older.length)} still to be replaced.`;
}

function podWords(count: number): string {
  return count === 1 ? '1 pod is' : `${count} pods are`;
}
