/**
 * The gallery of templates, for portals that place it themselves.
 *
 * @packageDocumentation
 */
export { GalleryPage } from './GalleryPage';
