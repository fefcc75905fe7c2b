export { fail, ObstacleError, wait, type Obstacle } from './Obstacle';
export type { ConnectionInUse, Consumer, RunPlan, Workload } from './Workload';
