export { ReadLog } from './ReadLog';
export { readsRoute } from './readsRoute';
export { countBytes, trackRead } from './trackRead';
