export { findCondition, type Condition } from './conditions';
export * from './health';
export * from './stale';
