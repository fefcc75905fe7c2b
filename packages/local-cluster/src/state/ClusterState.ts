/** Provider of the cluster. */
export type ProviderName = 'existing' | 'kind' | 'local';

/** One stage on the way to a usable cluster, in the order a person expects them. */
export interface Step {
  name: string;
  title: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'skipped';
  /** Duration; of a failed step, the time until the failure. */
  seconds?: number;
  /** Current activity, or the result. */
  detail?: string;
}

/** One process of a local cluster. */
export interface ComponentState {
  name: string;
  /** Process id as the host sees it; absent while it waits to be started again. */
  pid?: number;
  ready: boolean;
  restarts: number;
  /** Description of the last end, and the pause in seconds before the restart. */
  lastEnd?: { how: string; pauseSeconds: number };
  /** From the start of its present process until it worked. */
  seconds?: number;
  /** Path of its log file. */
  log: string;
}

/** Capabilities of this cluster beyond its API. */
export interface Capabilities {
  pods: boolean;
  networkPolicy: boolean;
  userNamespaces: boolean;
}

/** Everything others may know about a cluster; the content of `state.json`. */
export interface ClusterState {
  name: string;
  provider: ProviderName;
  /** Why this provider was chosen, one sentence. */
  why: string;
  phase: 'starting' | 'ready' | 'failed' | 'stopped';
  error?: { message: string; remedy: string };
  /** Address of the API server. */
  server: string;
  /** Path of the administrator's kubeconfig. */
  kubeconfig: string;
  /** Path of a kubectl of the cluster's version. */
  kubectl?: string;
  /** ISO 8601. */
  startedAt: string;
  readySeconds?: number;
  steps: Step[];
  components: ComponentState[];
  registry?: { address: string };
  /** Image reference by image name. */
  images?: Record<string, string>;
  capabilities: Capabilities;
  supervisorPid: number;
}
