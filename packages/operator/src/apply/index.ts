export { createApplier } from './createApplier';
export { isCurrent, staying } from './isCurrent';
export {
  nameConflict,
  runPhase,
  type PhaseOutcome,
  type PhaseState,
} from './runPhase';
export { shorten } from './shorten';
export { wasMade } from './wasMade';
export { writeStatus } from './writeStatus';
