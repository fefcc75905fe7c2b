export { GitHost, type RepositoryRef } from './GitHost';
export { createGitRouter } from './gitRouter';
export { RepositoryService } from './RepositoryService';
