export { childKinds } from './kinds';
export { firstCommit, People, secondCommit } from './People';
export { isGone, unsettled } from './settled';
export {
  noSecretsOf,
  untilHonest,
  usualLimits,
  verdict,
  watchHonesty,
} from './verdict';
export { allSteps, Rehearsal, steps, type Step } from './Rehearsal';
