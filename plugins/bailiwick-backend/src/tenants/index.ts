export { createTenantsRouter } from './tenantsRouter';
