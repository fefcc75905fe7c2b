export { onDisconnect } from './onDisconnect';
export { breakOnStop, endOnStop, endOpenResponses } from './openResponses';
export { longestMs, openEvents, openStream } from './openStream';
export {
  answerList,
  answerValue,
  isFollowed,
  type ListChange,
} from './streamList';
