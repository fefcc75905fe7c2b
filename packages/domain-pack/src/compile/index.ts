export { compileDatasets } from './compileDatasets';
export { compileSource } from './compileSource';
