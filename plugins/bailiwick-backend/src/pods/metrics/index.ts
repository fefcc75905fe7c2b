export { createMetricsRouter } from './metricsRouter';
