export { personOf } from './personOf';
