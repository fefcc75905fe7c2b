export { quote, type TableColumn } from './Database';
export * from './errors';
export { SnapshotStore, type OpenSnapshot } from './SnapshotStore';
