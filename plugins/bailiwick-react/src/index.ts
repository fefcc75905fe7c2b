/**
 * API references, hooks and shared components of the Bailiwick frontend.
 *
 * @packageDocumentation
 */
export { useAddress } from './address/useAddress';
export { useLinkedField, type LinkedField } from './address/useLinkedField';
export { bailiwickApiRef } from './api/bailiwickApiRef';
export { ConfirmDialog, type ConfirmDialogProps } from './dialog/ConfirmDialog';
export { SideDrawer } from './dialog/SideDrawer';
export { NumberStepper, type NumberStepperProps } from './form/NumberStepper';
export { formatBytes } from './format/formatBytes';
export {
  formatCount,
  formatRelease,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
export { formatDate, formatTime } from './format/formatDate';
export { formatDuration } from './format/formatDuration';
export { formatList } from './format/formatList';
export { formatMessage } from './format/formatMessage';
export { withUnit } from './format/withUnit';
export { ConditionList } from './health/ConditionList';
export { HealthChip, HealthIcon } from './health/HealthChip';
export { CopyText } from './layout/CopyText';
export { DenseListItem } from './layout/DenseListItem';
export { EmptyState } from './layout/EmptyState';
export { Facts } from './layout/Facts';
export { LiveContent } from './layout/LiveContent';
export { Stack } from './layout/Stack';
export { readableColor } from './layout/readableColor';
export { useLostSource, type LostSource } from './live/lostSource';
export { LiveMark } from './live/LiveMark';
export { useLive, type Live } from './live/useLive';
export { useLiveList } from './live/useLiveList';
export { useLiveValue } from './live/useLiveValue';
export { formatColumn } from './picture/formatColumn';
export { ResultPicture } from './picture/ResultPicture';
export { RequestChip } from './request/RequestChip';
export { FirstRows, RowTable, type TableColumn } from './table/RowTable';
export type { RowSections } from './table/rowSections';
export { SearchableTable } from './table/SearchableTable';
export { useHeldOrder } from './table/useHeldOrder';
export { createAppRefusal } from './tenant/createAppRefusal';
export { Age, RelativeTime } from './time/RelativeTime';
