export { BenchCluster } from './BenchCluster';
export { since, workOf, type CallCounter, type Calls } from './CallCounter';
export { readMetrics, sumOf } from './metrics';
export { operatorUser } from './operatorUser';
