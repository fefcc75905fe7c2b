/**
 * Tenants, apps and archetypes as catalog entities, live.
 *
 * @packageDocumentation
 */
export { catalogModuleBailiwick as default } from './module';
