export * from './callFunction';
export * from './Calls';
export * from './findServed';
export * from './functionRoute';
export * from './goneOf';
export * from './openedBy';
export type { QuotaDirectory } from './CallQuota';
