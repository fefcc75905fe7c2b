export { claimObject } from './claimObject';
export { deleteObjects } from './deleteObjects';
export { isCurrent, notDeleting } from './isCurrent';
export { removeSurplus } from './removeSurplus';
export { requeueAt } from './requeueAt';
export { nameConflict, runPhase, type PhaseOutcome } from './runPhase';
export { truncateMessage } from './truncateMessage';
export { writeStatus } from './writeStatus';
