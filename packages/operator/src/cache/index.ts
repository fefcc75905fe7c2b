export { appOfBundle } from './appOfBundle';
export * from './Caches';
export { appIndexKey } from './ClusterCaches';
export * from './places';
