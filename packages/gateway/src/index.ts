/**
 * Serves the results of functions as JSON and CSV to people with a grant.
 *
 * @packageDocumentation
 */
export * from './createGateway';
