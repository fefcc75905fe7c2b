export { AddressBook, type AddressReport } from './AddressBook';
export { createApplier } from './createApplier';
export { createController } from './createController';
export type { Placement, ScalingTimes } from './Placement';
export { lastKnownState } from './lastKnownState';
export { pendingTarget } from './pendingTarget';
export { reconciledGeneration } from './reconciledGeneration';
export {
  isPlacedOn,
  limitToPlacement,
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
export { Targets, type Enqueue } from './Targets';
