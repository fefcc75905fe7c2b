import {
  setCondition,
  type ConditionState,
} from '@bailiwick/backstage-kube-controller';
import {
  addressesReadyCondition,
  nodesReadyCondition,
  type Cluster,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  type ClusterInspection,
  networkPolicyCondition,
} from '../../inspection';
import type { Target } from '../../placement';

type Status = NonNullable<Cluster['status']>;
type State = Pick<ConditionState, 'status' | 'reason' | 'message'>;

/**
 * Returns the status of a connected cluster.
 *
 * @param addresses - state of its networking profile, if it has one
 */
export function connectedStatus(
  cluster: Cluster,
  {
    capacity,
    network,
    nodes,
    nodesReady,
    userNamespaces,
    version,
    at,
  }: ClusterInspection,
  now: Date,
  addresses?: State,
): Status {
  const ready = readyStatus(
    cluster,
    {
      status: 'True',
      reason: 'Answers',
      message: [
        `Kubernetes ${version}, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`,
        ...(nodesReady.reason === 'NodeNotReady' ? [nodesReady.message] : []),
      ].join('; '),
    },
    now,
  );
  const { observedGeneration } = ready;
  return {
    observedGeneration,
    version,
    capacity,
    heartbeat: at,
    capabilities: {
      ...(network.status !== 'Unknown' && {
        networkPolicy: network.status === 'True',
      }),
      userNamespaces:
        cluster.spec.userNamespaces ??
        userNamespaces ??
        cluster.status?.capabilities?.userNamespaces ??
        false,
    },
    conditions: [
      { type: networkPolicyCondition, ...network },
      { type: nodesReadyCondition, ...nodesReady },
      ...(addresses
        ? [{ type: addressesReadyCondition, ...pick(addresses) }]
        : []),
    ].reduce(
      (conditions, one) =>
        setCondition(conditions, { ...one, observedGeneration }, now),
      ready.conditions?.filter(
        ({ type }) => addresses || type !== addressesReadyCondition,
      ),
    ),
  };
}

/** Without the times of a condition. */
function pick({ status, reason, message }: State): State {
  return { status, reason, message };
}

/** Returns the status of a target, connected or not. */
export function targetStatus(
  cluster: Cluster,
  { inspection, connectivity }: Pick<Target, 'connectivity' | 'inspection'>,
  now: Date,
): Status {
  if (connectivity.phase === 'connected' && inspection)
    return connectedStatus(cluster, inspection, now);
  const state: State =
    connectivity.phase === 'unreachable'
      ? {
          status: 'False',
          reason: connectivity.reason,
          message: `Unreachable since ${connectivity.since}: ${connectivity.why}`,
        }
      : {
          status: 'Unknown',
          reason: 'Connecting',
          message: 'Listing objects',
        };
  return readyStatus(cluster, state, now);
}

/** Returns the status with another Ready condition. */
function readyStatus(cluster: Cluster, state: State, now: Date): Status {
  const observedGeneration = cluster.metadata.generation ?? 0;
  return {
    ...cluster.status,
    observedGeneration,
    conditions: setCondition(
      cluster.status?.conditions,
      { type: 'Ready', ...state, observedGeneration },
      now,
    ),
  };
}
