export { lintWithPython } from './lintWithPython';
export { checkAnswer } from './checkAnswer';
export { type PackCheck } from './PackCheck';
export { type PythonSetup } from './Python';
export { type PackPlace } from './readPrevious';
export { readTrials, type Trial } from './readTrials';
export { testPack, type PackTest, type PackTestOptions } from './testPack';
export { updateGolden } from './updateGolden';
