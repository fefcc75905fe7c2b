export { Backoff } from './Backoff';
export { pause } from './pause';
