export { createClusterRouter } from './clusterRouter';
