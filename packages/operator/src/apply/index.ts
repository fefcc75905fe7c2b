export { isCurrent, staying } from './isCurrent';
export { untilInstant } from './requeueAt';
export { nameConflict, runPhase, type PhaseOutcome } from './runPhase';
export { shorten } from './truncateMessage';
export { writeStatus } from './writeStatus';
