/**
 * Apps, functions, columns, terms, tenants and requests in the search of the portal.
 *
 * @packageDocumentation
 */
export { searchModuleBailiwick as default } from './module';
