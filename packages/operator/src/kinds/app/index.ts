export { createAppController } from './createAppController';
export { containerName } from './desired';
export { readBundle } from './readBundle';
