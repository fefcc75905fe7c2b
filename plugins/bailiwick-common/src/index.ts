/**
 * Kinds, naming, labels and status reading of Bailiwick; pure, for every package.
 *
 * @packageDocumentation
 */
export * from './kinds';
export * from './contract';
export { shortEntityRef } from './format';
export * from './log';
export * from './naming';
export * from './quota';
export * from './schema';
export * from './status';
export * from './access';
export * from './approval';
export * from './client';
export * from './pack';
export * from './permissions';
export * from './release';
export * from './verdict';
export * from './work';
