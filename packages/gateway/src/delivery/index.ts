export * from './callFunction';
export * from './Calls';
export * from './disconnectStalled';
export * from './findServed';
export * from './functionRoute';
export * from './goneOf';
export * from './openedBy';
export * from './openTable';
export type { QuotaDirectory } from './CallQuota';
