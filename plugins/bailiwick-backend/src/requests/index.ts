export { CatalogSubjects } from './CatalogSubjects';
export { createRequestsFeature } from './requestsFeature';
export { RequestService } from './RequestService';
