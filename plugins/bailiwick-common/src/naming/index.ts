export * from './labels';
export * from './namespaces';
export * from './rules';
export * from './taken';
