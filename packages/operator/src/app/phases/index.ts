export * from './applyWorkload';
export * from './pruneBundles';
export * from './removeApp';
