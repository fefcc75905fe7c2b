export { negotiateFormat } from './negotiateFormat';
export { prefetch } from './prefetch';
export { notATable, readRowArrays } from './readRowArrays';
export { readValue } from './readValue';
export { spreadsheetOptions } from './spreadsheetOptions';
export { requireOffered, splitSuffix } from './suffixes';
export { streamWriters } from './streamWriters';
export type { ResultWriter } from './ResultWriter';
