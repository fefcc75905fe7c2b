export { queryOf, valuesOf, wrongFieldsOf } from './queryOf';
export type { Download, Picture, Source, Step, Tool } from './Tool';
export { toolOf, tools } from './tools';
