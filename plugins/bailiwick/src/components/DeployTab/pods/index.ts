export { EnvironmentActions } from './EnvironmentActions';
export { EventsCard } from './EventsCard';
export { LogCard } from './log';
export { OperationDialog } from './OperationDialog';
export { PodsSection } from './PodsSection';
