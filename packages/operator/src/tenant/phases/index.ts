export * from './applyAccess';
export * from './applyLimits';
export * from './applyNamespaces';
export * from './applyNetwork';
export * from './removeTenant';
export { countingInterval, QuotaCounting } from './QuotaCounting';
