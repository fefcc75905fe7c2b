/**
 * Finds or starts a real Kubernetes on this machine.
 *
 * @packageDocumentation
 */
export { goBuildEnvironment, goBuildFlags } from './binaries/build';
export { fetchFile, type FileDownload } from './binaries/download';
export {
  ensureCollector,
  ensureGitea,
  ensureHelm,
  ensureKubeStateMetrics,
  ensureS3Server,
} from './binaries/ensureTool';
export { findGo } from './binaries/go';
export { ClusterError, fullDisk } from './ClusterError';
export { loadImage, type LoadOptions } from './lifecycle/loadImage';
export { saveBuildContext } from './images/buildContext';
export { saveImage } from './images/saveImage';
export { pushImage } from './lifecycle/pushImage';
export { runCluster, type RunningCluster } from './lifecycle/runCluster';
export { lastLines } from './logs/lastLines';
export { issueIdentity } from './lifecycle/issueIdentity';
export { startAttached, type AttachedCluster } from './lifecycle/startAttached';
export { startDetached } from './lifecycle/startDetached';
export { resetCluster, stopCluster } from './lifecycle/stopCluster';
export { podPidsLimit } from './node/kubeletConfig';
export { chooseProvider } from './providers/choose';
export { ensureDebianPackages } from './system/debian';
export { mapsIds } from './local/fileSystem';
export { createFolder } from './createFolder';
export {
  cacheDir,
  clusterPaths,
  defaultDataDir,
  type ClusterPaths,
} from './paths';
export type { StartOptions } from './StartOptions';
export type * from './state/ClusterState';
export { readState, tryReadState } from './state/stateFile';
export { parseObject, replaceFile } from './files';
export {
  transferLock,
  inheritLock,
  lockHolder,
  releaseLock,
  startOf,
  takeLock,
  withLock,
} from './state/SupervisorLock';
export { cpuSeconds } from './supervisor/cpuSeconds';
export { waitForStep } from './state/waitForStep';
