export { resolveWorkload } from './resolveWorkload';
