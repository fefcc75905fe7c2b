export { lintFiles, lintPack, lintSource } from './lintSource';
