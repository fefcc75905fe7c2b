/**
 * API references, hooks and shared components of the Bailiwick frontend.
 *
 * @packageDocumentation
 */
export { bailiwickApiRef } from './api';
export { ConfirmDialog, type ConfirmDialogProps } from './dialog';
export {
  formatBytes,
  formatCount,
  formatDate,
  formatDuration,
  formatInstants,
} from './format';
export { ConditionList, HealthChip, HealthIcon } from './health';
export { CopyText, Facts, LiveContent, EmptyState } from './layout';
export {
  LiveMark,
  useLive,
  useLiveList,
  useLiveValue,
  type Live,
} from './live';
export {
  FirstRows,
  RowTable,
  SearchableTable,
  useHeldOrder,
  type TableColumn,
} from './table';
export { RelativeTime } from './time';
