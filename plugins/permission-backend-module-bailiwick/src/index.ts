/**
 * The portal's permission policy: denies by default.
 *
 * @packageDocumentation
 */
export { decideBailiwick } from './decideBailiwick';
export { permissionModuleBailiwick as default } from './module';
