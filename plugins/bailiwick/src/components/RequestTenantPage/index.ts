export { RequestTenantPage } from './RequestTenantPage';
