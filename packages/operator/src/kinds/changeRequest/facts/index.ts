export { recordedEvidence } from './evidence';
export { gatherFacts, type RequestFacts } from './gatherFacts';
