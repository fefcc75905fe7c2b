export { appIndexKey } from './ClusterCaches';
export { appChildren, instanceObjects } from './appChildren';
export {
  jobLabel,
  jobNameOf,
  instanceKey,
  instanceKeysOf,
  type AppInstance,
} from './appInstances';
export { appOfBundle } from './appOfBundle';
export {
  createCaches,
  createCachesOn,
  informersOf,
  type Caches,
} from './Caches';
export { isCreatedByOperator } from './isCreatedByOperator';
export { nodeOf, podsOn } from './nodes';
export {
  digestOfJob,
  digestsInRuns,
  isFinished,
  isScheduled,
  jobEnd,
  jobsOf,
  lastFinishedRun,
  openJobs,
  runOfJob,
  runsOf,
} from './runs';
