export { createClusterFeature } from './clusterFeature';
