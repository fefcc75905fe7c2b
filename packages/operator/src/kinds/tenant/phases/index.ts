export { deleteTenant } from './deleteTenant';
export { applyAccess } from './applyAccess';
export { applyLimits } from './applyLimits';
export { applyNamespaces } from './applyNamespaces';
export { applyNetwork } from './applyNetwork';
export { countingInterval, QuotaTracker } from './QuotaTracker';
export { removeTenant } from './removeTenant';
