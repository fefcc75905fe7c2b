export { createAppController } from './createAppController';
export { containerName, readBundle } from './desired';
export { parseImage } from './resolve';
