import type { WatchPath } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useLive, type Live } from './useLive';

const replace = <T>(_before: T | undefined, message: T) => message;

/** Follows one watched value. @public */
export function useLiveValue<T>(path: WatchPath | undefined): Live<T> {
  return useLive<T>(path, replace);
}
