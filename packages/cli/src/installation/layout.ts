import { join } from 'node:path';
import type { StackOptions } from './StackOptions';

/** Root of the repository. */
export const repositoryRoot = join(import.meta.dirname, '../../../..');

/** Name of the cluster that belongs to a data folder. */
export const clusterName = 'local';

/** Addresses of the parts; all on loopback. */
export function addresses({ portBase }: StackOptions) {
  return {
    portal: `http://localhost:${portBase}`,
    gateway: `http://localhost:${portBase + 1}`,
    identity: `http://localhost:${portBase + 2}`,
    operator: `http://localhost:${portBase + 3}`,
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
