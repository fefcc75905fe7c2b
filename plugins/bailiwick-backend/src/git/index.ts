export { CatalogPeople } from './CatalogPeople';
export { GitHost, type RepositoryRef } from './GitHost';
export { createGitRouter } from './gitRouter';
export { Publisher } from './Publisher';
export { RepositoryService } from './RepositoryService';
