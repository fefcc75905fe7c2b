export { digestsOf, mutationFor, type SentDigests } from './mutationFor';
export { EntityCache, toRecord, type EntityRecord } from './EntityCache';
