export * from './UsageRecorder';
export * from './writeGrantUsage';
export { recordFailures } from './recordFailures';
