/**
 * Domain packs as data: read safely, checked, compiled, rendered and tried out, without a cluster.
 *
 * @packageDocumentation
 */
export { compilePack } from './compilePack';
export {
  diffPacks,
  isAtLeast,
  neededVersion,
  type ChangeLevel,
  type PackChange,
} from './diff';
export { lintPack } from './lint';
export { PackError, problemWords, type Problem } from './Problem';
export {
  renderArchetype,
  type RenderContext,
  type RenderedFile,
} from './render';
export { testPack, type PackCheck, type PythonSetup } from './test';
