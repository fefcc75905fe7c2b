export { createAppController } from './createAppController';
export { containerName, readBundle } from './desired';
