export { gatherFacts, type RequestFacts } from './gatherFacts';
