export { inspectCluster, type ClusterInspection } from './inspectCluster';
export { networkPolicyCondition } from './networkPolicy';
export { supportsUserNamespaces } from './userNamespaces';
