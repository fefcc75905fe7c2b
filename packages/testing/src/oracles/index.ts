export { childKinds } from './childKinds';
export { boundedRate, mostWithin, type RateLimits } from './boundedRate';
export { differences, readEndState, type EndState } from './EndState';
export { honestStatus } from './honestStatus';
export { oneWriter } from './oneWriter';
export * from './oracles';
export { readMovingWorld, readWorld, type World } from './World';
