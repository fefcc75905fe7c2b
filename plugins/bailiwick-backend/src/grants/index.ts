export { createGrantsFeature } from './grantsFeature';
export { GrantService } from './GrantService';
