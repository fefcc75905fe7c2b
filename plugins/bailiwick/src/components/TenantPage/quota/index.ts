export { QuotaTab } from './QuotaTab';
export { fullest, quotaRows } from './quotaRows';
