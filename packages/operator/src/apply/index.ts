export { createApplier } from './createApplier';
export {
  nameConflict,
  runPhase,
  type PhaseOutcome,
  type PhaseState,
} from './runPhase';
