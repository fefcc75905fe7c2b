export { answerUnavailable } from './answerUnavailable';
export { ConcurrencyLimiter } from './ConcurrencyLimiter';
export { errorOfStatus } from './errorOfStatus';
export {
  answerKubeErrors,
  readableMessage,
  refusalMessage,
} from './kubeErrors';
export { parse } from './parse';
export { readJson } from './readJson';
