export type {
  KubernetesService,
  PodQuestion,
  WatchedLists,
} from './KubernetesService';
export { kubernetesServiceRef } from './kubernetesServiceRef';
export { LiveList } from './LiveList';
