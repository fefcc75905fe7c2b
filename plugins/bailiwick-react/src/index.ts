/**
 * API references, hooks and shared components of the Bailiwick frontend.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './dialog';
export * from './format';
export * from './health';
export * from './layout';
export * from './live';
export * from './table';
export * from './time';
