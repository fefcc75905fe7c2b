export { byAge, findPod, podsOf } from './findPods';
export { isReady, readyPods } from './readyPods';
export { isPodOfRun, viewPod } from './viewPod';
