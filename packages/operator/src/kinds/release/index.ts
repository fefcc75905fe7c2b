export { createReleaseController } from './createReleaseController';
