/**
 * A real API server for integration tests.
 *
 * @packageDocumentation
 */
export { eventually } from './eventually';
export { installChart, type ChartFolder } from './installChart';
export { startTestCluster, type TestCluster } from './startTestCluster';
