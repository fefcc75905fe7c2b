export { endedWithoutResult, wasSuperseded } from './endedWithoutResult';
export { parseImage } from './imageReference';
export {
  packagesRepository,
  type PackagesRepository,
} from './packagesRepository';
export {
  buildName,
  packagesDigest,
  resolveReleasePackages,
} from './resolvePackages';
export { openConnections } from './resolveConnections';
export { refuseSchedule } from './resolveShape';
export { resolveUser } from './resolveUser';
export { resolveWorkload } from './resolveWorkload';
