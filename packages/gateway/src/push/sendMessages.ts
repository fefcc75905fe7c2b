import type { WebSocket } from 'ws';
import type { PushEvent } from './PushEvent';
import type { PushReader } from './PushReader';

/** Milliseconds between two pings; a client that answered none of them is disconnected. */
const pingEvery = 30_000;

/** Codes of the end (RFC 6455 and its registry); clients reconnect after 1001, 1012 and 1013. */
const codes = {
  complete: 1000,
  stopping: 1001,
  refused: 1008,
  failed: 1011,
  restart: 1012,
};

/**
 * Sends the events of a reader as messages, and closes the connection after the last one.
 *
 * @param onSend - called with the bytes of each message
 * @returns whether the reader got the end
 */
export async function sendMessages(
  socket: WebSocket,
  reader: PushReader,
  onSend: (bytes: number) => void,
): Promise<boolean> {
  const stopPings = keepAlive(socket);
  let last: PushEvent | undefined;
  socket.on('error', () => socket.terminate());
  try {
    for await (const events of reader.events()) {
      last = events.at(-1);
      for (const event of events.slice(0, -1)) void send(socket, event, onSend);
      // The connection has accepted all of them when it has accepted the last one.
      if (last) await send(socket, last, onSend);
    }
  } finally {
    stopPings();
    socket.close(codeOf(last));
  }
  return isEnd(last);
}

function send(
  socket: WebSocket,
  { data, event, id }: PushEvent,
  onSend: (bytes: number) => void,
): Promise<void> {
  if (event === 'heartbeat') return Promise.resolve();
  const head = id ? `{"id":"${id}","event":` : '{"event":';
  const text = `${head}"${event}","data":${data}}`;
  onSend(Buffer.byteLength(text));
  return new Promise(resolve => {
    // A connection that fails is closed, which ends the reader.
    socket.send(text, () => resolve());
  });
}

function isEnd(event: PushEvent | undefined): event is PushEvent {
  return event?.event === 'end' || event?.event === 'error';
}

function codeOf(last: PushEvent | undefined): number {
  if (!isEnd(last)) return codes.stopping;
  const { reason, type } = JSON.parse(last.data) as Record<string, unknown>;
  if (last.event === 'error') {
    const isRefused = type === 'not-logged-in' || type === 'not-allowed';
    return isRefused ? codes.refused : codes.failed;
  }
  return reason === 'complete' || reason === 'stopping'
    ? codes[reason]
    : codes.restart;
}

/** Pings a client; returns a function that stops it. */
function keepAlive(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingEvery);
  return () => clearInterval(timer);
}
