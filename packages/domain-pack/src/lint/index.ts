export { lintPack, lintSource } from './lintSource';
