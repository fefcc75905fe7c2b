export { filesToGive, isGolden, packDigest, verdictOf } from './verdictOf';
export { hasOldVerdict, createVerdict, writeVerdict } from './writeVerdict';
