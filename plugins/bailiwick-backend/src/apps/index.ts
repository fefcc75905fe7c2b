export { createAppsFeature } from './appsFeature';
