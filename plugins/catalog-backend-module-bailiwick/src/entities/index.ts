export { buildAppEntities } from './buildAppEntities';
export { buildClusterEntity } from './buildClusterEntity';
export { buildPackEntities } from './buildPackEntities';
export { buildTenantEntities } from './buildTenantEntities';
export { buildTenantTemplate } from './buildTenantTemplate';
export { clustersOf, packDependencies } from './dependencies';
