export * from './conditions';
export * from './finalizers';
