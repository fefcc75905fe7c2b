export { inspectCluster, type ClusterInspection } from './inspectCluster';
export {
  hasChangedReadiness,
  nodeProblem,
  nodesReadiness,
} from './nodeReadiness';
export { networkPolicyCondition } from './networkPolicy';
export { supportsUserNamespaces } from './userNamespaces';
