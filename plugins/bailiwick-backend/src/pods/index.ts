export { OperationService } from './OperationService';
export { Prometheus } from './metrics';
export { createPodsRouter } from './podsRouter';
export { VerbService } from './VerbService';
