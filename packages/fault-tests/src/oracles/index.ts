export { differences, readEndState, type EndState } from './EndState';
export { honestStatus } from './honestStatus';
export * from './oracles';
