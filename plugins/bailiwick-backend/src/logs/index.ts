export { createLogsFeature } from './logsFeature';
