import type { Response } from 'express';
import type { ClusterView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { onDisconnect } from './onDisconnect';
import { endOnStop } from './openResponses';

const heartbeatMs = 10_000;
/** Lifetime of a stream. The client reconnects, and is authenticated and authorized again. */
export const longestMs = 15 * 60_000;
/** Time for the client to read the rest. */
const drainMs = 10_000;

/** Reports whether streamed data is stale. */
export interface Freshness {
  progress(): Pick<ClusterView, 'stale'>;
  onProgress(listener: () => void): () => void;
}

/**
 * Opens a `text/event-stream` (WHATWG HTML, server-sent events), with a comment every 10 s that shows that it is
 * alive. It ends when the portal stops.
 */
export function openEventStream(response: Response): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  endOnStop(response);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': alive\n\n');
  }, heartbeatMs);
  onDisconnect(response, () => clearInterval(heartbeat));
}

/**
 * Opens a `text/event-stream` and returns the function that writes an event to it. `false` means that the client is
 * behind, until the response emits `drain`. An event `staleness` contains since when and why the cluster is
 * unreachable, `null` while it is reachable; it comes first and after each change. The stream ends after 15 minutes.
 */
export function openEvents(
  response: Response,
  freshness: Freshness,
): (data: string, id?: string) => boolean {
  openEventStream(response);
  let end = setTimeout(() => {
    // Clients that read nothing are disconnected.
    end = setTimeout(() => response.destroy(), drainMs);
    response.end();
  }, longestMs);
  const unsubscribe = sendStaleness(response, freshness);
  onDisconnect(response, () => {
    clearTimeout(end);
    unsubscribe();
  });
  return (data, id) =>
    response.write(`${id ? `id: ${id}\n` : ''}data: ${data}\n\n`);
}

/** Opens a stream of JSON messages without ids. */
export function openStream<T>(
  response: Response,
  freshness: Freshness,
): (message: T) => void {
  const write = openEvents(response, freshness);
  return message => write(JSON.stringify(message));
}

function sendStaleness(response: Response, freshness: Freshness): () => void {
  // A client that reconnects may hold an older state.
  let sent: string | undefined | null = null;
  const send = () => {
    const { stale } = freshness.progress();
    if (stale?.why === sent) return;
    sent = stale?.why;
    const data = JSON.stringify(stale ?? null);
    response.write(`event: staleness\ndata: ${data}\n\n`);
  };
  send();
  return freshness.onProgress(send);
}
