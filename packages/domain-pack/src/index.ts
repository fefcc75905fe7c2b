/**
 * Domain packs as data: read safely, checked, compiled, rendered and tried out, without a cluster.
 *
 * @packageDocumentation
 */
export { compilePack } from './compilePack';
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
  buildLayout,
  FullFolderError,
  readLayout,
  type BuiltPack,
  type LayoutChoice,
  type PemKey,
} from './layout';
export { lintPack } from './lint';
export { PackError, problemWords, type Problem } from './Problem';
export {
  AnswersError,
  exampleContext,
  renderApp,
  renderArchetype,
  settingsProblems,
  staleForm,
  type RenderContext,
  type RenderedFile,
  type WantedApp,
} from './render';
export {
  checkAnswer,
  readTrials,
  testPack,
  updateGolden,
  type PackCheck,
  type PackPlace,
  type PackTest,
  type PackTestOptions,
  type PythonSetup,
  type Trial,
} from './test';
export { hasOldVerdict, writeVerdict } from './verdict';
