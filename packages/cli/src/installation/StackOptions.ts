/** Selects an installation of Bailiwick on this machine. */
export interface StackOptions {
  /** Folder that holds everything it keeps. */
  dataDir: string;
  /** First of its five ports: portal, gateway, sign-in, operator, metrics of the gateway. */
  portBase: number;
  /** Context of the user's kubeconfig to use instead of a cluster of its own. */
  context?: string;
  /** Whether portal, operator and gateway run in the cluster, installed by the chart. */
  inCluster?: boolean;
}
