export { firstCommit, People, secondCommit } from './People';
export { behindPods, isGone, unsettled } from './settled';
