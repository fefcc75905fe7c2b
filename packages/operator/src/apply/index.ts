export { claimObject } from './claimObject';
export { deleteObjects } from './deleteObjects';
export { desiredObjectRole, rbac } from './desiredObjectRole';
export { isCurrent, notDeleting } from './isCurrent';
export { patchSpec } from './patchSpec';
export { recordEvent } from './recordEvent';
export { removeSurplus } from './removeSurplus';
export { requeueAt } from './requeueAt';
export {
  conflictInterval,
  nameConflict,
  refusalMessage,
  rejectionMessage,
  runPhase,
  type PhaseOutcome,
} from './runPhase';
export { truncateMessage } from './truncateMessage';
export { writeStatus } from './writeStatus';
