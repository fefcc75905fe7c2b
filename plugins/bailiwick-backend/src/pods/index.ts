export { byAge, findPod, podsOf } from './findPods';
export { isReady, readyPods, runtimePort } from './readyPods';
export { viewPod } from './viewPod';
