export * from './LeaseElection';
