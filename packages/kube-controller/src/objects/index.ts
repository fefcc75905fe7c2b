export * from './object';
export * from './resourceType';
export * from './coreKinds';
export type * from './coreObjects';
