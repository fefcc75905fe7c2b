export { GrantService } from './GrantService';
export { createGrantsRouter } from './grantsRouter';
