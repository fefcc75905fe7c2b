export { openForward, type ForwardTarget } from './openForward';
