export { OtlpReceiver, type ReceivedSpan } from './OtlpReceiver';
