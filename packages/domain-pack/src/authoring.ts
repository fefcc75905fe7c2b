/**
 * Tools of pack authors: lint, compile, compare, import, try out and package domain packs.
 *
 * @packageDocumentation
 */
export { compilePack } from './lint/compilePack';
export {
  changeLine,
  comparePacks,
  compareVersions,
  type PackComparison,
} from './diff';
export {
  importSchema,
  withParameters,
  type ChangedArchetype,
  type ImportedForm,
  type ImportFinding,
} from './import';
export {
  archiveFiles,
  buildLayout,
  FullFolderError,
  readLayout,
  type BuiltPack,
  type LayoutChoice,
  type PemKey,
} from './oci';
export { lintPack } from './lint';
export { PackError, formatPackProblem, type Problem } from './problem/Problem';
export {
  checkAnswer,
  lintWithPython,
  readTrials,
  testPack,
  updateGolden,
  type PackCheck,
  type PackPlace,
  type PackTest,
  type PackTestOptions,
  type PythonSetup,
  type Trial,
} from './trial';
export { hasOldTestResults, writeTestResults } from './testResults';
