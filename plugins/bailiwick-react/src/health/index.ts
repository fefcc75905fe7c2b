export { ConditionList } from './ConditionList';
export { HealthChip } from './HealthChip';
