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
export * from './informer';
export * from './manifests';
export * from './objects';
export * from './queue';
export * from './status';
