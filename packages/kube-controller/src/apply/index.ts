export { Applier, type ApplierOptions } from './Applier';
export { applyIfChanged, type ApplyIfChangedOptions } from './applyIfChanged';
export { applyStatusIfChanged } from './applyStatusIfChanged';
export { ForeignObjectError } from './ForeignObjectError';
export { isSubset } from './isSubset';
