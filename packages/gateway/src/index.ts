/**
 * Serves the results of functions to people with a grant.
 *
 * @packageDocumentation
 */
export * from './createGateway';
