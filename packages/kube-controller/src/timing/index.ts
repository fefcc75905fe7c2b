export { Backoff, backoffDelay } from './Backoff';
export { pause } from './pause';
export { onceAborted, withTimeLimit } from './signals';
