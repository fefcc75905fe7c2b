export { Backoff, backoffDelay, type BackoffLimits } from './Backoff';
export { pause } from './pause';
export { onceAborted, withTimeLimit } from './signals';
