export { applyIfChanged, type ApplyIfChangedOptions } from './applyIfChanged';
export { covers, parseQuantity } from './covers';
