import {
  findCondition,
  type Cluster,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { networkPolicyCondition } from '../../inspection';
import type { PhaseState } from '../../placement';

const severity = ['False', 'Unknown', 'True'];

/**
 * Returns whether a tenant is isolated by the network, and by limits of processes, from the clusters of its
 * environments; the worst counts.
 */
export function isolationOf(
  { spec }: Tenant,
  findCluster: (name: string) => Cluster | undefined,
): PhaseState {
  const names = [...new Set(spec.environments.map(({ cluster }) => cluster))];
  const states = names.map(name => stateOn(name, findCluster(name)));
  const [worst] = states.sort(
    (a, b) => severity.indexOf(a.status) - severity.indexOf(b.status),
  );
  return (
    worst ?? {
      status: 'True',
      reason: 'NoEnvironments',
      message: 'There is nothing to reach',
    }
  );
}

/** Returns a caveat for the message of a ready tenant; empty when it is isolated. */
export function isolationCaveat({
  message,
  reason,
  status,
}: PhaseState): string {
  if (status === 'False') return `, but not isolated: ${message}`;
  // A cluster that was not inspected yet is no reason for a caveat.
  return status === 'Unknown' && reason !== 'NotLookedAt'
    ? `, but whether they are isolated is not known: ${message}`
    : '';
}

function stateOn(name: string, cluster: Cluster | undefined): PhaseState {
  const found = findCondition(cluster?.status, networkPolicyCondition);
  if (!found) {
    return {
      status: 'Unknown',
      reason: 'NotLookedAt',
      message: `The network of the cluster ${name} was not looked at yet`,
    };
  }
  const { message, reason, status } = found;
  if (status === 'True' && !cluster?.spec.podPidsLimit) {
    return {
      status: 'Unknown',
      reason: 'NoProcessLimit',
      message: `Nothing limits the processes of a pod, as far as is known; set podPidsLimit for the kubelets of the cluster ${name}, and in its Cluster`,
    };
  }
  return {
    status,
    reason: status === 'True' ? 'Isolated' : reason,
    message: `${message} (cluster ${name})`,
  };
}
