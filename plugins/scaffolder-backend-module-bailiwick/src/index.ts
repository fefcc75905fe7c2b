/**
 * Scaffolder actions that create repositories and apps.
 *
 * @packageDocumentation
 */
export { scaffolderModuleBailiwick as default } from './module';
