export { Caller } from './Caller';
export { answerKubeErrors, readableMessage } from './kubeErrors';
export { parse } from './parse';
export { refusalOf } from './refusals';
