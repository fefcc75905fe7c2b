export { negotiateFormat } from './negotiateFormat';
export { OpenStreams } from './OpenStreams';
export { spreadsheetOptions } from './spreadsheetOptions';
export { splitSuffix } from './suffixes';
export { writers } from './writers';
