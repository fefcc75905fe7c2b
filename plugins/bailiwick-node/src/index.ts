/**
 * Kubernetes access, schemas of actions and guides for backend modules of Bailiwick.
 *
 * @packageDocumentation
 */
export { actionShape } from './actions/actionShape';
export { plainText, summaryOf } from './guides/plainText';
export { readGuides } from './guides/readGuides';
export type {
  KubernetesService,
  PodCallOptions,
  WatchedLists,
} from './kubernetes/KubernetesService';
export { kubernetesServiceRef } from './kubernetes/kubernetesServiceRef';
export { LiveList } from './kubernetes/LiveList';
export { conditionsOn } from './permissions/conditions';
export {
  appResourceRef,
  environmentResourceRef,
  requestResourceRef,
  tenantResourceRef,
  type AppResource,
  type EnvironmentResource,
  type InTenant,
  type RequestResource,
} from './permissions/resources';
export {
  appRules,
  environmentRules,
  requestRules,
  tenantRules,
} from './permissions/rules';
export type { PeopleService } from './people/PeopleService';
export { peopleServiceRef } from './people/peopleServiceRef';
export { personOf } from './person/personOf';
export { readPlatformGroup } from './person/readPlatformGroup';
