export { countTenantObjects, listLeftovers } from './countTenantObjects';
export { createTenantController } from './createTenantController';
export { deleteTenant } from './phases';
export { limitsName } from './desired';
export { knownSum, usedRatio } from './usage';
