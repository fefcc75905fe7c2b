export { createLogRouter } from './logRouter';
