export { Caller } from './Caller';
export * from './errorOfStatus';
export { answerKubeErrors, readableMessage, refusalWords } from './kubeErrors';
export { parse } from './parse';
export { readJson } from './readJson';
export { refusalOf } from './refusals';
