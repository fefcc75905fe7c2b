export * from './appChildren';
export { copiesOf, pruneSecrets } from './applySecrets';
export * from './applyWorkload';
export * from './closeConnections';
export * from './pruneBundles';
export * from './removeApp';
export * from './removeLeftovers';
export * from './suspendWorkload';
