export { freePort } from './freePort';
export { OperatorProcess, type LogLine } from './OperatorProcess';
