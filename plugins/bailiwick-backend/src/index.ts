/**
 * REST API, live updates and the embedded git host of the Bailiwick portal.
 *
 * @packageDocumentation
 */
export { bailiwickPlugin as default } from './plugin';
