export { bundleCopyName } from './bundleCopyName';
export {
  throwFailed,
  ObstacleError,
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
