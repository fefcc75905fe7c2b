export { durationToMilliseconds } from './duration';
export * from './kind';
export { type Rule } from './rules';
export { toCustomResourceDefinition } from './customResourceDefinition';
