export { FilterChips } from './FilterChips';
export { useFilters, type Filters } from './useFilters';
