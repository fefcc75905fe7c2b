export { changeEnvironment, changeEnvironments } from './changeEnvironments';
export { environmentOf } from './environmentOf';
