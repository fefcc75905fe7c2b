export * from './functionRoute';
export * from './findServed';
export type { QuotaDirectory } from './CallQuota';
