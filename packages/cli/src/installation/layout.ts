import { join } from 'node:path';
import type { StackOptions } from './StackOptions';

/** Root of the repository. */
export const repositoryRoot = join(import.meta.dirname, '../../../..');

/** Name of the cluster that belongs to a data folder. */
export const clusterName = 'local';

/** Ports of the parts, in their order from the first one. */
export function ports({ portBase }: StackOptions) {
  return {
    portal: portBase,
    gateway: portBase + 1,
    identity: portBase + 2,
    operator: portBase + 3,
    gatewayMetrics: portBase + 4,
    workspaces: portBase + 5,
  };
}

/** Addresses of the parts that people open; all on loopback. */
export function addresses(options: StackOptions) {
  const { gateway, identity, operator, portal } = ports(options);
  return {
    portal: `http://localhost:${portal}`,
    gateway: `http://localhost:${gateway}`,
    identity: `http://localhost:${identity}`,
    operator: `http://localhost:${operator}`,
  };
}

/** Files and folders within the data folder. */
export function paths({ dataDir }: StackOptions) {
  return {
    state: join(dataDir, 'stack.json'),
    /** Names the process that starts Bailiwick or keeps it running. */
    lock: join(dataDir, 'stack.lock'),
    /** Exists while a backup is restored into the folder. */
    restoring: join(dataDir, 'restoring'),
    secrets: join(dataDir, 'secrets.json'),
    logs: join(dataDir, 'logs'),
    portal: join(dataDir, 'portal'),
    repositories: join(dataDir, 'git'),
    kubeconfigs: join(dataDir, 'kubeconfigs'),
    /** Values of the chart, if Bailiwick runs in the cluster. */
    chartValues: join(dataDir, 'values.json'),
    /** Exists when portal, operator and gateway are ready; pods wait for that when Bailiwick starts again. */
    podGate: join(dataDir, 'pods-may-start'),
    cluster: join(dataDir, `cluster-${clusterName}`),
    clusterState: join(dataDir, `cluster-${clusterName}`, 'state.json'),
  };
}
