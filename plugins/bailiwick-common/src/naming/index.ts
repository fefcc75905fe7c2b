export * from './labels';
export * from './lookAlikes';
export * from './namespaces';
export * from './rules';
export * from './taken';
export * from './tenantGroups';
