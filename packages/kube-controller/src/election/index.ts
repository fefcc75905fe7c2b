export * from './LeaseElection';
export { createProcessIdentity } from './processIdentity';
