export { GateList } from './GateList';
export { HistoryCard } from './HistoryCard';
export { Pipeline } from './Pipeline';
export { ReleasesCard } from './ReleasesCard';
