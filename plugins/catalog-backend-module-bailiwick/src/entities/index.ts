export { buildAppEntities } from './buildAppEntities';
export { buildPackEntities } from './buildPackEntities';
export { buildTenantEntities } from './buildTenantEntities';
export { buildTenantTemplate } from './buildTenantTemplate';
