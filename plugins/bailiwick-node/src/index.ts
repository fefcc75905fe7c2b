/**
 * Kubernetes access and schemas of actions for backend modules of Bailiwick.
 *
 * @packageDocumentation
 */
export * from './actions';
export * from './kubernetes';
export * from './permissions';
export * from './person';
