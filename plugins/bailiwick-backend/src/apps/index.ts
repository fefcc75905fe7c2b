export { AppService } from './AppService';
export { createAppsRouter } from './appsRouter';
