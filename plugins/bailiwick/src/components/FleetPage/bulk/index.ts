export { BulkBar } from './BulkBar';
export { BulkDialog } from './BulkDialog';
export { idOfPlace, targetsOf, type BulkAction } from './bulkPlan';
export { ChooseBox } from './ChooseBox';
export { useSelection, type Selection } from './useSelection';
