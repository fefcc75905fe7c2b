export { OperationService } from './OperationService';
export { createPodsRouter } from './podsRouter';
export { VerbService } from './VerbService';
