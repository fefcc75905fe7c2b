export { FirstRows, RowTable, type TableColumn } from './RowTable';
export { SearchableTable } from './SearchableTable';
export { useHeldOrder } from './useHeldOrder';
