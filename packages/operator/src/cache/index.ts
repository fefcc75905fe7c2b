export { appChildren } from './appChildren';
export { jobLabel, jobOf, placeKey, placeOf, type Place } from './appInstances';
export { appOfBundle } from './appOfBundle';
export {
  createCaches,
  createCachesOn,
  informersOf,
  type Caches,
} from './Caches';
export { appIndexKey } from './ClusterCaches';
export { wasMade } from './isCreatedByOperator';
export {
  digestOfJob,
  digestsInRuns,
  isFinished,
  isScheduled,
  jobEnd,
  jobsOf,
  lastFinished,
  openJobs,
  runOfJob,
  runsOf,
} from './runs';
