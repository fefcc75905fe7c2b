/**
 * The operator of Bailiwick, for programs that run it in their own process.
 *
 * @packageDocumentation
 */
export { Operator, type OperatorOptions } from './Operator';
