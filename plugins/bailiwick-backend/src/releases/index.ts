export { createReleasesFeature } from './releasesFeature';
export { viewRelease } from './viewRelease';
