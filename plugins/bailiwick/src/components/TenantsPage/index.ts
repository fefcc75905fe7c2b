export { TenantsRoutes } from './TenantsRoutes';
