export * from './Caches';
