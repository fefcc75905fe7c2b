export { OperatorProcess, type LogLine } from './OperatorProcess';
