export { createApplier } from './createApplier';
export { createController } from './createController';
export type { Placement } from './Placement';
export {
  isPlacedOn,
  lastKnownState,
  limitToPlacement,
  reconciledGeneration,
  pendingTarget,
  remoteClusterOf,
  type RemoteCluster,
} from './remoteClusters';
export {
  tenantConditions,
  type EnvironmentState,
  type PhaseState,
  type TenantStates,
} from './reports';
export type { Target } from './Target';
export { Targets } from './Targets';
