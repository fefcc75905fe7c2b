export { createAutoscalingController } from './autoscaling';
export { createAppController } from './createAppController';
export {
  bundleKey,
  containerName,
  escapeVariables,
  packagesVolume,
  readBundle,
} from './desired';
export {
  buildName,
  endedWithoutResult,
  wasSuperseded,
  packagesRepository,
  parseImage,
  resolveReleasePackages,
  type PackagesRepository,
} from './resolve';
export { createBuild, requireRegistry } from './phases';
