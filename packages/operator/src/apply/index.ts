export { Applier } from './Applier';
export {
  nameConflict,
  runPhase,
  type PhaseOutcome,
  type PhaseState,
} from './runPhase';
