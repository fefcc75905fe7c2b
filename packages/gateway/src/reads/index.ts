export { ReadLog } from './ReadLog';
export { readsRoute } from './readsRoute';
export { countBytes, trackRead, type OpenRead } from './trackRead';
