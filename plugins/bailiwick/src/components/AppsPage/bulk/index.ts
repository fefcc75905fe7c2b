export { BulkBar } from './BulkBar';
export { idOfPlace } from './bulkPlan';
export { ChooseBox } from './ChooseBox';
export { useSelection, type Selection } from './useSelection';
