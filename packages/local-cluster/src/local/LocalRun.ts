import type { Component } from '../components/Component';
import type { ControlPlane } from '../components/ControlPlane';
import type { Programs } from '../binaries/ensurePrograms';
import type { ApiClient } from '../kubernetes/ApiClient';
import type { ClusterNetwork } from '../network/ClusterNetwork';
import type { ClusterPaths } from '../paths';
import type { StateRecorder } from '../state/StateRecorder';

/** State that the stages of a local cluster's start share. */
export interface LocalRun {
  name: string;
  node: string;
  paths: ClusterPaths;
  network: ClusterNetwork;
  plane: ControlPlane;
  recorder: StateRecorder;
  client: ApiClient;
  kubernetes: Programs;
  cell: Programs;
  signal: AbortSignal;
  /** Applies objects server-side, as the owner of the fields they set. */
  apply: (objects: readonly object[]) => Promise<void>;
  /** Starts a component and waits until it works. */
  start: (component: Component) => Promise<void>;
  /** Host process id of a process that lives as long as the cluster, inside its namespaces. */
  anyPid: () => number;
}
