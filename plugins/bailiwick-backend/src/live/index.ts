export { onDisconnect } from './onDisconnect';
export { breakOnStop, endOnStop, endOpenResponses } from './openResponses';
export {
  longestMs,
  openEvents,
  openEventStream,
  openStream,
} from './openStream';
export {
  answerList,
  answerValue,
  isFollowed,
  type ListChange,
} from './streamList';
