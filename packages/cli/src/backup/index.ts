export { backUp, type BackupOptions, type BackupResult } from './backUp';
export { ResticRepository } from './ResticRepository';
export {
  openBackup,
  restoreCluster,
  restoreFolders,
  type OpenBackup,
} from './restore';
export { adaptFolder } from './runPython';
export { portalNamespace } from './savedKinds';
export { withPrivateFolder } from './withPrivateFolder';
