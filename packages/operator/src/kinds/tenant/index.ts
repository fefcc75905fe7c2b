export { countTenantObjects, listLeftovers } from './countTenantObjects';
export { createTenantController } from './createTenantController';
export { deleteTenant } from './expiry';
export { limitsName, quotaNames } from './desired';
export { sumAmounts, usedRatio } from './usage';
