/**
 * The portal's permission policy: refuses what nothing allows.
 *
 * @packageDocumentation
 */
export { decideBailiwick } from './decideBailiwick';
export { permissionModuleBailiwick as default } from './module';
