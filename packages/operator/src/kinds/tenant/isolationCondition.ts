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
      message: 'The tenant has no environments',
    }
  );
}

/** Returns a caveat for the message of a ready tenant; empty when it is isolated. */
export function isolationCaveat({
  message,
  reason,
  status,
}: PhaseState): string {
  if (status === 'False') return `, not isolated: ${message}`;
  // A cluster that was not inspected yet is no reason for a caveat.
  return status === 'Unknown' && reason !== 'NotLookedAt'
    ? `, isolation unknown: ${message}`
    : '';
}

function stateOn(name: string, cluster: Cluster | undefined): PhaseState {
  const found = findCondition(cluster?.status, networkPolicyCondition);
  if (!found) {
    return {
      status: 'Unknown',
      reason: 'NotLookedAt',
      message: `The network of cluster ${name} has not been inspected yet`,
    };
  }
  const { message, reason, status } = found;
  if (status === 'True' && !cluster?.spec.podPidsLimit) {
    return {
      status: 'Unknown',
      reason: 'NoProcessLimit',
      message: `Cluster ${name} reports no process limit per pod; ask the platform team to set podPidsLimit`,
    };
  }
  return {
    status,
    reason: status === 'True' ? 'Isolated' : reason,
    message: `${message} (cluster ${name})`,
  };
}
