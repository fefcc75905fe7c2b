/**
 * Domain packs: a new one, an installed one, and the Python environment that tests one.
 *
 * @packageDocumentation
 */
export { applyPack } from './pack/applyPack';
export { initPack } from './pack/initPack';
export {
  pythonSetup,
  runtime,
  virtualEnvironment,
} from './python/virtualEnvironment';
