export { bundleCopyName } from './bundleCopyName';
export {
  throwFailed,
  ObstacleError,
  throwBuilding,
  throwPending,
  type Obstacle,
} from './Obstacle';
export type {
  ConnectionInUse,
  Consumer,
  Packages,
  ReplicaRange,
  ResultsBucket,
  RunPlan,
  Workload,
} from './Workload';
