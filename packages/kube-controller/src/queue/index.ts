export { WorkQueue, type RetryLimits } from './WorkQueue';
