export { breakOnStop, endOnStop, endOpenResponses } from './openResponses';
export { answerList, answerValue, type ListChange } from './streamList';
