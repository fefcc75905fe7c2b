export { createClusterController } from './createClusterController';
export { lookAtCluster, type ClusterLook } from './lookAtCluster';
export { networkPolicyCondition } from './networkPolicy';
