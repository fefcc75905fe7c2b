export { LiveMark } from './LiveMark';
export { useLive, type Live } from './useLive';
export { useLiveList } from './useLiveList';
export { useLiveValue } from './useLiveValue';
