/**
 * Apps, functions, columns, terms, tenants, requests and guides in the search of the portal.
 *
 * @packageDocumentation
 */
export { searchModuleBailiwick as default } from './module';
