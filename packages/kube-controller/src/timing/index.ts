export { Backoff } from './Backoff';
export { pause } from './pause';
export { onceAborted, withTimeLimit } from './signals';
