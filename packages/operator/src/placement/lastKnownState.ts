import { toInstant } from '@bailiwick/backstage-kube-controller';
import type { Stale } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RemoteCluster } from './remoteClusters';

/**
 * Returns since when and why the known state of a cluster is outdated; `undefined` while it is current.
 *
 * @param before - staleness in the last written status
 */
export function stalenessOf(
  { cluster, target }: RemoteCluster,
  before: Stale | undefined,
  now: string,
): Stale | undefined {
  if (!target)
    return {
      since: before?.since ?? now,
      why: `Cluster "${cluster}" was not found.`,
    };
  const { connectivity } = target;
  if (connectivity.phase === 'connected') return undefined;
  // After a restart of the operator, the written staleness holds until the cluster is connected.
  if (connectivity.phase === 'connecting') return before;
  return {
    since: before?.since ?? connectivity.since,
    why: `Cluster ${cluster} is unreachable: ${connectivity.why}.`,
  };
}

/**
 * Returns the last known state of an environment on another cluster, marked as stale while the cluster is
 * not connected.
 *
 * @param states - `reported` by the target since the operator started, `previous` from the written status,
 * and the `initial` one when there is neither
 */
export function lastKnownState<T extends { stale?: Stale }>(
  remote: RemoteCluster,
  states: { reported?: T; previous?: T; initial: T },
  now: Date,
): T {
  const { reported, previous, initial } = states;
  const stale = stalenessOf(remote, previous?.stale, toInstant(now));
  const { stale: _outdated, ...state } = reported ?? previous ?? initial;
  return { ...state, ...(stale && { stale }) } as T;
}
