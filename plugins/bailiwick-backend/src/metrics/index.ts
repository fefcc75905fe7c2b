export { createMetricsFeature } from './metricsFeature';
