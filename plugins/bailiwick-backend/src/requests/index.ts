export * from './CatalogSubjects';
export { PreflightService } from './PreflightService';
export { createPreflightRouter } from './preflightRouter';
export { registerTenantRequestAction } from './registerTenantRequestAction';
export { RequestService } from './RequestService';
export { createRequestsRouter } from './requestsRouter';
export { TenantProblems } from './TenantProblems';
