export { OperationService } from './OperationService';
export { Prometheus, type PrometheusOptions } from './metrics';
export { createPodsRouter } from './podsRouter';
export { VerbService } from './VerbService';
