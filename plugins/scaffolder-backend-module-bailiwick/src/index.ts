/**
 * Scaffolder actions that ask for tenants, and create repositories and apps.
 *
 * @packageDocumentation
 */
export { scaffolderModuleBailiwick as default } from './module';
