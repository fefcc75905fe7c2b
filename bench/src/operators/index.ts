export { OperatorProcess } from './OperatorProcess';
export { ours, replica, twin, type Program } from './programs';
