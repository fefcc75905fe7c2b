/**
 * Kubernetes access and schemas of actions for backend modules of Bailiwick.
 *
 * @packageDocumentation
 */
export { actionShape } from './actions';
export {
  kubernetesServiceRef,
  LiveList,
  type KubernetesService,
  type PodCallOptions,
  type WatchedLists,
} from './kubernetes';
export {
  appResourceRef,
  appRules,
  conditionsOn,
  environmentResourceRef,
  environmentRules,
  requestResourceRef,
  requestRules,
  tenantResourceRef,
  tenantRules,
  type AppResource,
  type EnvironmentResource,
  type InTenant,
  type RequestResource,
} from './permissions';
export { personOf } from './person';
