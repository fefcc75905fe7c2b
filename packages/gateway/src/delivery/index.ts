export * from './functionRoute';
export * from './findServed';
