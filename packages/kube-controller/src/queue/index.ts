export type { Rate } from './TokenBucket';
export {
  WorkQueue,
  type Priority,
  type QueueObserver,
  type RetryLimits,
  type WorkQueueOptions,
} from './WorkQueue';
