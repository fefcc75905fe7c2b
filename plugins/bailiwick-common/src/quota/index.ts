export {
  addAmounts,
  amountRule,
  amountsOfQuota,
  amountToNumber,
  byContainerKey,
  containerRequests,
  mapAmounts,
  quotaOfAmounts,
  readAmount,
  readQuota,
  resourceTitle,
  sumAmounts,
  unitSize,
  type StoredAmount,
} from './amounts';
export { monthlyCost, type Cost } from './cost';
export {
  nounFor,
  readExceededQuota,
  type ExceededQuota,
} from './exceededQuota';
export {
  budgetOf,
  excessOf,
  fitsBudget,
  limitsOf,
  sumLimits,
  type LimitSum,
} from './limits';
export { parseQuantity, quantityToNumber, ratio } from './quantity';
export { roomForPods, type ScarcestResource } from './roomForPods';
