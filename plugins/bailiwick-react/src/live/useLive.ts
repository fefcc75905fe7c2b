import { useApi } from '@backstage/core-plugin-api';
import type {
  Staleness,
  WatchPath,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { useEffect, useReducer, useRef } from 'react';
import { bailiwickApiRef } from '../api/bailiwickApiRef';
import { followStream } from './followStream';
import { usePageShown } from './usePageShown';

/** A value that follows the server. */
export interface Live<T> {
  /** `undefined` until the first answer; kept when the connection breaks. */
  value: T | undefined;
  /** Why nothing can be shown, or the newest reason why it is out of date. */
  error: Error | undefined;
  /** Whether the value follows the portal, and the portal the cluster, right now. */
  isLive: boolean;
  /** Set while the cluster or the operator does not respond: who, since when by this browser's clock, and why. */
  lost?: { who: Staleness['who']; at: number; why: string };
  /** When the portal was last heard, in milliseconds since 1970. */
  heardAt: number | undefined;
}

type Message<M> =
  | { type: 'message'; message: M; at: number }
  | { type: 'heard'; at: number }
  | { type: 'stale'; staleness: Staleness | null; at: number }
  | { type: 'broken'; error: Error }
  | { type: 'reset' };

const nothing: Live<never> = {
  value: undefined,
  error: undefined,
  isLive: false,
  heardAt: undefined,
};

/**
 * Follows a watched path of the Bailiwick API while the page is shown. Each message is folded into
 * the value. Connects
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
            ...before,
            value: fold(before.value, action.message),
            error: undefined,
            isLive: !before.lost,
            heardAt: action.at,
          };
        case 'heard':
          return { ...before, heardAt: action.at };
        case 'stale':
          return { ...before, ...readStaleness(action.staleness, action.at) };
        case 'broken':
          // What the portal said about the cluster ends with the connection.
          return {
            ...before,
            error: action.error,
            isLive: false,
            lost: undefined,
          };
        default:
          return nothing;
      }
    },
    nothing,
  );

  /** What was read last, after which a stream goes on that is opened again. */
  const lastEventId = useRef<string>();
  useEffect(() => {
    lastEventId.current = undefined;
    dispatch({ type: 'reset' });
  }, [client, path]);

  const isShown = usePageShown();
  useEffect(() => {
    // A browser opens few connections to a portal, so tabs that nobody sees leave them to others.
    if (!path || !isShown) return undefined;
    const stopped = new AbortController();
    const watched: WatchPath = `${path}${
      path.includes('?') ? '&' : '?'
    }watch=true`;
    followStream<M>({
      open: signal =>
        client.open(watched, { signal, lastEventId: lastEventId.current }),
      signal: stopped.signal,
      onMessage: (message, id) => {
        lastEventId.current = id;
        dispatch({ type: 'message', message, at: Date.now() });
      },
      onStale: staleness =>
        dispatch({ type: 'stale', staleness, at: Date.now() }),
      onHeard: () => dispatch({ type: 'heard', at: Date.now() }),
      onBroken: error => dispatch({ type: 'broken', error }),
    });
    return () => stopped.abort();
  }, [client, path, isShown]);

  return live;
}

function readStaleness(
  staleness: Staleness | null,
  at: number,
): Pick<Live<unknown>, 'lost' | 'isLive'> {
  if (!staleness) return { lost: undefined, isLive: true };
  const { age, who, why } = staleness;
  return { lost: { who, at: at - age * 1_000, why }, isLive: false };
}
