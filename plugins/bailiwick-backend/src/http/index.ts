export { answerUnavailable } from './answerUnavailable';
export { ConcurrencyLimiter } from './ConcurrencyLimiter';
export { errorOfStatus } from './errorOfStatus';
export { identifyRequests, withRequestIds } from './requestIds';
export { jsonParameters } from './jsonParameters';
export {
  answerKubeErrors,
  readableMessage,
  refusalMessage,
} from './kubeErrors';
export { limitRequests, type RequestLimit } from './limitRequests';
export { parse } from './parse';
export { readJson } from './readJson';
