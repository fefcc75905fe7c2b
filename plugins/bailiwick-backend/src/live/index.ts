export { breakOnStop, endOnStop, endOpenResponses } from './openResponses';
export { openEvents, openStream } from './openStream';
export { answerList, answerValue, type ListChange } from './streamList';
