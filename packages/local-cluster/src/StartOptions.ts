import type { ProviderName } from './state/ClusterState';

/** Options of a cluster's start. */
export interface StartOptions {
  /** Name of the cluster, unique on the machine; lower-case letters, digits and dashes. */
  name: string;
  /** Folder that holds the cluster's own folder. */
  dataDir: string;
  provider: ProviderName | 'auto';
  /** Name of a kubeconfig context to use instead of starting anything. */
  context?: string;
  /** Only etcd and the API server, on loopback ports. */
  controlPlaneOnly: boolean;
  /** Kubernetes' own controllers besides a control plane alone. */
  controllerManager: boolean;
  /**
   * Scheduler and a node that only pretends to run pods (KWOK) besides the controllers. The API server
   * reaches these pods through an HTTP CONNECT proxy on the Unix socket with this path.
   */
  simulatedNode?: string;
  /**
   * Folder of CustomResourceDefinitions that a local cluster has before Kubernetes' own controllers start:
   * these look for new kinds every 30 s only, and quotas of such a kind are not counted until then.
   */
  kinds?: string;
  /**
   * File that allows pods to start; they start after a minute in any case. All pods of a node start at once when a
   * cluster starts again, and its user may have to start other programs first.
   */
  podGate?: string;
}
