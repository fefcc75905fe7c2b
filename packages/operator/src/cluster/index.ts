export { createClusterController } from './createClusterController';
export { networkPolicyCondition } from './networkPolicy';
