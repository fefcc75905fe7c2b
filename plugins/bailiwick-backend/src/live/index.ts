export { breakOnStop, endOnStop, endOpenResponses } from './openResponses';
export { openEvents, openStream } from './openStream';
export {
  answerList,
  answerValue,
  isFollowed,
  type ListChange,
} from './streamList';
