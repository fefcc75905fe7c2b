export { columnChoices } from './columnChoices';
export { compileSource } from './compileSource';
