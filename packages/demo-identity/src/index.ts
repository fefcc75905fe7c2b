/**
 * OpenID provider with five demo people.
 *
 * @packageDocumentation
 */
export { createServer } from './createServer';
export type { ProviderOptions } from './createProvider';
export { readPeople } from './people';
