export { inspectCluster, type ClusterInspection } from './inspectCluster';
export { networkPolicyCondition } from './networkPolicy';
