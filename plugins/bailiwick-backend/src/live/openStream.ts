import type { Response } from 'express';
import type { ClusterView } from '@bailiwick/backstage-plugin-bailiwick-common';
import { onDisconnect } from './onDisconnect';
import { endOnStop } from './openResponses';

const heartbeatMs = 10_000;
/** Then the reader connects again, and who they are and may see is found out anew. */
export const longestMs = 15 * 60_000;
/** So long a reader may take for the rest. */
const lastMs = 10_000;

/** Where a stream learns that what it tells is out of date. */
export interface Freshness {
  progress(): Pick<ClusterView, 'stale'>;
  onProgress(listener: () => void): () => void;
}

/**
 * Opens a `text/event-stream` (WHATWG HTML, server-sent events) and returns the function that
 * writes an event to it; `false` says that the reader does not keep up, until the answer tells `drain`.
 * A comment every 10 s lets the reader tell a quiet stream from a dead one. An event `staleness` says
 * since when and why the cluster does not answer, or `null` when it does; it comes first, and when that
 * changes. The stream ends after 15 minutes.
 */
export function openEvents(
  response: Response,
  freshness: Freshness,
): (data: string, id?: string) => boolean {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  endOnStop(response);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': alive\n\n');
  }, heartbeatMs);
  let end = setTimeout(() => {
    // Who reads nothing at all is not waited for.
    end = setTimeout(() => response.destroy(), lastMs);
    response.end();
  }, longestMs);
  const unsubscribe = tellStaleness(response, freshness);
  onDisconnect(response, () => {
    clearInterval(heartbeat);
    clearTimeout(end);
    unsubscribe();
  });
  return (data, id) =>
    response.write(`${id ? `id: ${id}\n` : ''}data: ${data}\n\n`);
}

/** The same for messages that are JSON and not told apart. */
export function openStream<T>(
  response: Response,
  freshness: Freshness,
): (message: T) => void {
  const write = openEvents(response, freshness);
  return message => write(JSON.stringify(message));
}

function tellStaleness(response: Response, freshness: Freshness): () => void {
  // Who comes back may believe what they were told before.
  let told: string | undefined | null = null;
  const tell = () => {
    const { stale } = freshness.progress();
    if (stale?.why === told) return;
    told = stale?.why;
    const data = JSON.stringify(stale ?? null);
    response.write(`event: staleness\ndata: ${data}\n\n`);
  };
  tell();
  return freshness.onProgress(tell);
}
