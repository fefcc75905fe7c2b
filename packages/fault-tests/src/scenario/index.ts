export {
  noSecretsOf,
  untilHonest,
  usualLimits,
  verdict,
  watchHonesty,
} from './verdict';
export { allSteps, Rehearsal, steps, type Step } from './Rehearsal';
