export * from './applyWorkload';
export * from './pruneBundles';
export * from './removeApp';
export * from './removeLeftovers';
export * from './suspendWorkload';
