export { createApplier } from './createApplier';
export { controllerName, type Scope } from './Placement';
export {
  elsewhere,
  isHere,
  partOf,
  staleOf,
  type Elsewhere,
} from './remoteClusters';
export { tenantConditions } from './reports';
export type {
  AppReport,
  EnvironmentState,
  PhaseState,
  TenantReport,
  TenantStates,
} from './reports';
export type { Target } from './Target';
export { Targets } from './Targets';
