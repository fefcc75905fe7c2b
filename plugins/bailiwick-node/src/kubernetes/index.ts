export type {
  KubernetesService,
  PodCallOptions,
  WatchedLists,
} from './KubernetesService';
export { kubernetesServiceRef } from './kubernetesServiceRef';
export { LiveList } from './LiveList';
