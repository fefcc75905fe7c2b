export { AppService } from './AppService';
export { createAppsRouter } from './appsRouter';
export { AppPreflight } from './AppPreflight';
export * from './RunService';
