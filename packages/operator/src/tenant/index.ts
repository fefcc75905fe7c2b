export { countBelongings, countLeft } from './belongings';
export { createTenantController } from './createTenantController';
export { deleteTenant } from './deleteTenant';
export { limitsName } from './desired';
export { knownSum, usedRatio } from './usage';
