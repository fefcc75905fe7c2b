export { lookAtCluster, type ClusterLook } from './inspectCluster';
export { networkPolicyCondition } from './networkPolicy';
