import type { ClusterPaths } from './paths';
import type { StartOptions } from './StartOptions';
import type { StateRecorder } from './state/StateRecorder';

/** Part of a cluster to start. */
export type Extent = 'api' | 'control-plane' | 'simulated' | 'full';

/** A cluster's start, for its provider. */
export interface ClusterStart {
  options: StartOptions;
  extent: Extent;
  paths: ClusterPaths;
  recorder: StateRecorder;
  /** Aborts the start. */
  signal: AbortSignal;
}
