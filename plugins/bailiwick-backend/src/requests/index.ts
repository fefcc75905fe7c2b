export * from './CatalogSubjects';
export * from './CatalogSubjects';
export { RequestService } from './RequestService';
export { createRequestsRouter } from './requestsRouter';
