import type { ClusterPaths } from './paths';
import type { StartOptions } from './StartOptions';
import type { StateRecorder } from './state/StateRecorder';

/** How much of a cluster is started. */
export type Extent = 'api' | 'control-plane' | 'simulated' | 'full';

/** A start of a cluster, as its provider is told of it. */
export interface ClusterStart {
  options: StartOptions;
  extent: Extent;
  paths: ClusterPaths;
  recorder: StateRecorder;
  /** Aborts the start. */
  signal: AbortSignal;
}
