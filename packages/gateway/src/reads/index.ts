export { ReadLog } from './ReadLog';
export { readsRoute } from './readsRoute';
export {
  agentOf,
  countBytes,
  readerOf,
  trackRead,
  type OpenRead,
} from './trackRead';
