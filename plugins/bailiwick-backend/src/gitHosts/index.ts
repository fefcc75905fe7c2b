export { credentialsFor } from './credentialsFor';
export { createAtHost } from './createAtHost';
export {
  explainGit,
  HostUnreachableError,
  RepositoryTooLargeError,
  StaleBranchError,
} from './explainGit';
export type { HostClient } from './HostClient';
export { pathWithin, readGitHost, type GitHostConfig } from './readGitHost';
