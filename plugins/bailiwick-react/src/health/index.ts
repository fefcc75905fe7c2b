export { ConditionList } from './ConditionList';
export { HealthChip, HealthIcon } from './HealthChip';
