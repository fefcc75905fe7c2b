import type { GatewayError } from '../errors';

/** An event for readers, in either protocol. */
export interface PushEvent {
  /** Position of a reader that has this event; absent if it does not change. */
  id?: string;
  /** `message` is rows; the others are about the stream. */
  event: 'message' | 'gap' | 'end' | 'error' | 'heartbeat';
  /** JSON. */
  data: string;
  /** Number of rows. */
  rows: number;
}

/** Why a stream ended normally. */
export type EndReason =
  | 'complete'
  | 'time-limit'
  | 'stopping'
  | 'release-changed';

/** The end of a stream. */
export type StreamEnd = { reason: EndReason } | { error: object };

/** Keeps proxies from closing an idle connection. */
export const heartbeat: PushEvent = { event: 'heartbeat', data: '', rows: 0 };

/** The last event of a reader. */
export function endEvent(end: StreamEnd, rows: number): PushEvent {
  return 'error' in end
    ? { event: 'error', data: JSON.stringify(end.error), rows: 0 }
    : {
        event: 'end',
        data: JSON.stringify({ reason: end.reason, rows }),
        rows: 0,
      };
}

/** The end that an error means for a reader. */
export function failureOf(
  { type, message, fields }: GatewayError,
  id: string,
): StreamEnd {
  return { error: { type, message, id, ...fields } };
}
