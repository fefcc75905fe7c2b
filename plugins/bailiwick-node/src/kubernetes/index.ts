export type { KubernetesService, WatchedLists } from './KubernetesService';
export { kubernetesServiceRef } from './kubernetesServiceRef';
export { LiveList } from './LiveList';
