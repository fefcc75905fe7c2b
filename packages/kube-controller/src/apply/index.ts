export { Applier, type ApplierOptions } from './Applier';
export {
  applyIfChanged,
  type ApplyIfChangedOptions,
  type LiveObjects,
} from './applyIfChanged';
export { applyStatusIfChanged } from './applyStatusIfChanged';
export { ForeignObjectError } from './ForeignObjectError';
export { isSubset } from './isSubset';
