export { EnvironmentActions } from './EnvironmentActions';
export { EventsCard, troublesOf } from './EventsCard';
export { LogCard } from './log';
export { MetricsCard } from './metrics';
export { PodDrawer } from './PodDrawer';
export { PodsTable } from './PodsTable';
export { TerminalCard } from './terminal';
export { useRights } from './useRights';
