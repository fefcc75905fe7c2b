export { createTenantsFeature } from './tenantsFeature';
