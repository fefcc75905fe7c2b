/**
 * Installations of Bailiwick on this machine, and code that commands share.
 *
 * @packageDocumentation
 */
export {
  adaptFolder,
  backUp,
  openBackup,
  portalNamespace,
  ResticRepository,
  restoreCluster,
  restoreFolders,
  withPrivateFolder,
} from './backup';
export { CommandError } from './CommandError';
export { runCommand } from './commands';
export {
  addresses,
  clusterName,
  paths,
  ports,
  repositoryRoot,
} from './installation/layout';
export {
  parseFlags,
  stackOptions,
  type StackFlags,
} from './installation/readFlags';
export type { StackOptions } from './installation/StackOptions';
export {
  isRunning,
  readStackState,
  removeStackState,
  writeStackState,
  type PartState,
  type StackState,
} from './installation/StackState';
export { systemNamespace } from './target/accounts';
export { runMain } from './runMain';
export { runProgram, StoppedError, type Priority } from './process/runProgram';
