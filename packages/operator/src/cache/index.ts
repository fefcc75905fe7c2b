export { appOfBundle } from './appOfBundle';
export * from './Caches';
