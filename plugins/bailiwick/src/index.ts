/**
 * Pages, entity content and form fields of Bailiwick.
 *
 * @packageDocumentation
 */
export { bailiwickPlugin as default } from './plugin';
