export {
  CallRecorder,
  type AnsweredCall,
  type CalledFunction,
} from './CallRecorder';
export { HistoryKeeper } from './HistoryKeeper';
export { historyRoute } from './historyRoute';
