export { createTenantController } from './createTenantController';
