/**
 * A small Kubernetes controller runtime: watch, queue, server-side apply, conditions, finalizers.
 *
 * @packageDocumentation
 */
export * from './apply';
export * from './client';
export * from './connection';
export * from './controller';
export * from './election';
export * from './errors';
export * from './events';
export * from './forward';
export * from './informer';
export * from './manifests';
export * from './metrics';
export * from './objects';
export * from './program';
export * from './queue';
export { reconciling, type Reconciling } from './reconciling';
export { requestIds } from './requestIds';
export * from './status';
