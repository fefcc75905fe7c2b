export { byAge, findPod, podsOf } from './findPods';
export { readyPods, runtimePort } from './readyPods';
export { viewPod } from './viewPod';
