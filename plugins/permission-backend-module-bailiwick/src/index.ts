/**
 * Leaves to platform engineers what concerns the whole portal.
 *
 * @packageDocumentation
 */
export { permissionModuleBailiwick as default } from './module';
