export type { Reports } from './Reports';
export type { AppReport, TenantReport } from './reportTypes';
export type { Target } from './Target';
export { Targets, type OnNews } from './Targets';
export * from './where';
