export { createExportRouter } from './exportRouter';
export { ExportService } from './ExportService';
