export { lintFiles, lintPack, lintSource, validPack } from './lintSource';
