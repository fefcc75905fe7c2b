export { childKinds } from './kinds';
export { firstCommit, People, secondCommit } from './People';
export { isGone, unsettled } from './settled';
export { allSteps, Rehearsal, steps, type Step } from './Rehearsal';
