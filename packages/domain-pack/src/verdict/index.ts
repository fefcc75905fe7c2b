export { filesToGive, isGolden, packDigest, verdictOf } from './verdictOf';
export { hasOldVerdict, makeVerdict, writeVerdict } from './writeVerdict';
