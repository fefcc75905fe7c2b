export { createAppController } from './createAppController';
export {
  containerName,
  escapeVariables,
  packagesVolume,
  readBundle,
} from './desired';
export {
  packagesRepository,
  parseImage,
  resolveReleasePackages,
  type PackagesRepository,
} from './resolve';
