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
  ResultsBucket,
  RunPlan,
  Workload,
} from './Workload';
