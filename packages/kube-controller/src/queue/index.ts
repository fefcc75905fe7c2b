export type { Rate } from './RateLimiter';
export {
  WorkQueue,
  type Priority,
  type QueueObserver,
  type RetryLimits,
  type WorkQueueOptions,
} from './WorkQueue';
