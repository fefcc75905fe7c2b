export { createMetricsRouter } from './metricsRouter';
export { Prometheus } from './Prometheus';
