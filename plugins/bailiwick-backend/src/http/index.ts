export { Caller } from './Caller';
export * from './errorOfStatus';
export { answerKubeErrors, readableMessage } from './kubeErrors';
export { parse } from './parse';
export { refusalOf } from './refusals';
