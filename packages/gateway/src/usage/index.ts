export * from './UsageRecorder';
export * from './writeGrantUsage';
