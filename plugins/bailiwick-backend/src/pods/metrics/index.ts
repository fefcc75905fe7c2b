export { createMetricsRouter } from './metricsRouter';
export { Prometheus, type PrometheusOptions } from './Prometheus';
