export { OperatorProcess } from './OperatorProcess';
export { flux, ours, replica, twin, type Program } from './programs';
