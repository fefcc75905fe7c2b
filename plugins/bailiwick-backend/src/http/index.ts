export { ConcurrencyLimiter } from './ConcurrencyLimiter';
export { errorOfStatus } from './errorOfStatus';
export { answerKubeErrors, readableMessage, refusalWords } from './kubeErrors';
export { parse } from './parse';
export { readJson } from './readJson';
