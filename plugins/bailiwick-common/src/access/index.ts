export * from './deciders';
export * from './roles';
