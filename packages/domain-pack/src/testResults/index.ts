export {
  filesToGive,
  isGolden,
  packDigest,
  testResultsOf,
} from './testResultsOf';
export {
  hasOldTestResults,
  createTestResults,
  writeTestResults,
} from './writeTestResults';
