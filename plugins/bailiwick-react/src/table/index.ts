export { SearchableTable, type TableColumn } from './SearchableTable';
