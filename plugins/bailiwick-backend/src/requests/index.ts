export * from './CatalogSubjects';
export { PreflightService } from './PreflightService';
export { createPreflightRouter } from './preflightRouter';
export { RequestService } from './RequestService';
export { createRequestsRouter } from './requestsRouter';
export { TenantProblems } from './TenantProblems';
