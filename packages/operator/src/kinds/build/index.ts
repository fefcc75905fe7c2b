export { createBuildController } from './createBuildController';
