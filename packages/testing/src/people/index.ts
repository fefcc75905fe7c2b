export { firstCommit, People, secondCommit } from './People';
export { isGone, unsettled } from './settled';
