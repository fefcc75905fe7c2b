export { changeEnvironments } from './changeEnvironments';
export { environmentOf } from './environmentOf';
