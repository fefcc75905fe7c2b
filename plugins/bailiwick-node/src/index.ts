/**
 * Kubernetes access and archetype rendering for backend modules of Bailiwick.
 *
 * @packageDocumentation
 */
export * from './archetype';
export * from './kubernetes';
export * from './permissions';
export * from './person';
