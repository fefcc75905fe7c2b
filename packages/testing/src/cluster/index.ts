/**
 * A real API server for integration tests.
 *
 * @packageDocumentation
 */
export { eventually } from './eventually';
export {
  installChart,
  installOnTarget,
  type ChartFolder,
} from './installChart';
export { nodeAddresses } from './nodeAddresses';
export {
  contractOf,
  type PodAnswer,
  type SimulatedPods,
} from './SimulatedPods';
export {
  startTestCluster,
  type TestCluster,
  type TestClusterOptions,
} from './startTestCluster';
export { reportSteps } from './reportSteps';
