export { testPack, type PackCheck } from './testPack';
export { type PythonSetup } from './Python';
