export { createAppController } from './createAppController';
