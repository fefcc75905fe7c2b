export { LiveMark } from './LiveMark';
export type { Live } from './useLive';
export { useLiveList } from './useLiveList';
export { useLiveValue } from './useLiveValue';
