export { createGitFeature } from './gitFeature';
export { GitHost } from './GitHost';
export { RepositoryService } from './RepositoryService';
