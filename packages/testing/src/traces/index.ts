export { Collector } from './Collector';
export { OtlpReceiver } from './OtlpReceiver';
export type { ReceivedSpan } from './ReceivedSpan';
