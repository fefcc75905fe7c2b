export { applyAccess } from './applyAccess';
export { applyLimits } from './applyLimits';
export { applyNamespaces } from './applyNamespaces';
export { applyNetwork } from './applyNetwork';
export { countingInterval, QuotaCounting } from './QuotaTracker';
export { removeTenant } from './removeTenant';
