export { countBelongings, countLeft } from './belongings';
export { createTenantController } from './createTenantController';
export { deleteTenant } from './deleteTenant';
export { limitsName, quotaNames } from './desired';
export { sumAmounts, usedRatio } from './usage';
