export {
  noSecretsOf,
  untilHonest,
  usualLimits,
  violationsOf,
  watchHonesty,
} from './violationsOf';
export { allSteps, Rehearsal, steps, type Step } from './Rehearsal';
