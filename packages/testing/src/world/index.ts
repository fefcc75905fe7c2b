/**
 * Control planes with an operator, tenants and apps.
 *
 * @packageDocumentation
 */
export { commit, Estate, runtimeImage } from './Estate';
export { FaultBench, pause } from './FaultBench';
