export { createMetrics, type Metrics } from './createMetrics';
export { startServer, type RunningServer } from './startServer';
