export * from './UsageRecorder';
export * from './writeGrantUsage';
export { recordUse, useOf } from './recordUse';
