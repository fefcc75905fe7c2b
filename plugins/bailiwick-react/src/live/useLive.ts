import { useApi } from '@backstage/core-plugin-api';
import type { WatchPath } from '@bailiwick/backstage-plugin-bailiwick-common';
import { useEffect, useReducer } from 'react';
import { bailiwickApiRef } from '../api';
import { followStream } from './followStream';

/** A value that follows the server. */
export interface Live<T> {
  /** `undefined` until the first answer; kept when the connection breaks. */
  value: T | undefined;
  /** Why nothing can be shown, or the newest reason why it is out of date. */
  error: Error | undefined;
  /** Whether the value follows the server right now. */
  isLive: boolean;
  /** When the server was last heard, in milliseconds since 1970. */
  heardAt: number | undefined;
}

type Message<M> =
  | { type: 'message'; message: M; at: number }
  | { type: 'heard'; at: number }
  | { type: 'broken'; error: Error }
  | { type: 'reset' };

const nothing: Live<never> = {
  value: undefined,
  error: undefined,
  isLive: false,
  heardAt: undefined,
};

/**
 * Follows a watched path of the Bailiwick API. Each message is folded into the value. Connects
 * again with growing pauses after a break, slowly after 401, 404 and 429; other refusals (4xx) are
 * final.
 *
 * @param path - what to follow, `undefined` for nothing
 * @param fold - new value from the old one and a message; must be stable
 */
export function useLive<T, M = T>(
  path: WatchPath | undefined,
  fold: (value: T | undefined, message: M) => T,
): Live<T> {
  const client = useApi(bailiwickApiRef);
  const [live, dispatch] = useReducer(
    (before: Live<T>, action: Message<M>): Live<T> => {
      switch (action.type) {
        case 'message':
          return {
            value: fold(before.value, action.message),
            error: undefined,
            isLive: true,
            heardAt: action.at,
          };
        case 'heard':
          return { ...before, heardAt: action.at };
        case 'broken':
          return { ...before, error: action.error, isLive: false };
        default:
          return nothing;
      }
    },
    nothing,
  );

  useEffect(() => {
    dispatch({ type: 'reset' });
    if (!path) return undefined;
    const stopped = new AbortController();
    const watched: WatchPath = `${path}${
      path.includes('?') ? '&' : '?'
    }watch=true`;
    followStream<M>({
      open: signal => client.open(watched, { signal }),
      signal: stopped.signal,
      onMessage: message =>
        dispatch({ type: 'message', message, at: Date.now() }),
      onHeard: () => dispatch({ type: 'heard', at: Date.now() }),
      onBroken: error => dispatch({ type: 'broken', error }),
    });
    return () => stopped.abort();
  }, [client, path]);

  return live;
}
