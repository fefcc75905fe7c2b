export { createExportFeature } from './exportFeature';
