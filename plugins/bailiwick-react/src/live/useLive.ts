import { useApi } from '@backstage/core-plugin-api';
import type {
  BailiwickClient,
  WatchPath,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { bailiwickApiRef } from '../api/bailiwickApiRef';
import { nothing, SharedStream, type Fold, type Live } from './SharedStream';
import { usePageShown } from './usePageShown';

export type { Live };

/** Open streams, by client, fold and path. */
const streams = new WeakMap<
  BailiwickClient,
  Map<unknown, Map<WatchPath, SharedStream<any, any>>>
>();

const readNothing = () => nothing;

/** Returns the streams of a client with the same fold, by path. */
function streamsOf<T, M>(
  client: BailiwickClient,
  fold: Fold<T, M>,
): Map<WatchPath, SharedStream<T, M>> {
  const all = streams.get(client) ?? new Map();
  streams.set(client, all);
  const own = all.get(fold) ?? new Map();
  all.set(fold, own);
  return own;
}

/**
 * Follows a watched path of Bailiwick's API while the page is visible. Each message is reduced into the value.
 * Components with the same path share a connection and its value. Reconnects with back-off after an interruption,
 * slowly after 401, 404 and 429; other rejections (4xx) are final.
 *
 * @param path - path to follow; `undefined` follows nothing
 * @param fold - returns the new value from the old one and a message; must be stable
 * @public
 */
export function useLive<T, M = T>(
  path: WatchPath | undefined,
  fold: (value: T | undefined, message: M) => T,
): Live<T> {
  const client = useApi(bailiwickApiRef);
  const stream = useMemo(() => {
    if (!path) return undefined;
    const own = streamsOf(client, fold);
    const known = own.get(path) ?? new SharedStream({ client, path, fold });
    own.set(path, known);
    return known;
  }, [client, fold, path]);
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!path || !stream) return () => {};
      const own = streamsOf(client, fold);
      own.set(path, stream);
      const stop = stream.subscribe(listener);
      return () => {
        stop();
        if (!stream.isUsed && own.get(path) === stream) own.delete(path);
      };
    },
    [client, fold, path, stream],
  );
  const isShown = usePageShown();
  useEffect(
    // A browser opens few connections to a portal, so hidden tabs leave them to others.
    () => (isShown ? stream?.connect() : undefined),
    [stream, isShown],
  );
  return useSyncExternalStore<Live<T>>(subscribe, stream?.read ?? readNothing);
}
