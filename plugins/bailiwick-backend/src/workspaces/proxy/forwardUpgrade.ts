import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { relay, startRequest } from './forwardRequest';
import { responseHeaders } from './headers';

/** Milliseconds without bytes after which a WebSocket is closed; Jupyter pings more often. */
const idleMs = 10 * 60_000;

/** A request to open a WebSocket. */
export interface UpgradeRequest {
  req: IncomingMessage;
  /** Response to write unless the WebSocket opens. */
  res: ServerResponse;
  socket: Socket;
  /** First bytes after the request. */
  head: Buffer;
}

/**
 * Opens a WebSocket to the pod and carries its bytes until either side closes.
 *
 * @throws the error of the connection; nothing was sent to the browser if `res.headersSent` is
 * false
 */
export async function forwardUpgrade(
  { head, req, res, socket }: UpgradeRequest,
  agent: Agent,
): Promise<void> {
  const { pod, response } = await open(req, socket, agent);
  if (!pod) {
    await relay(response, res);
    return;
  }
  res.detachSocket(socket);
  socket.setNoDelay(true);
  socket.setTimeout(idleMs, () => socket.destroy());
  socket.write(switching(response));
  if (head.length > 0) socket.unshift(head);
  // Either side may break a WebSocket at any time.
  await pipeline(socket, pod, socket).catch(() => {});
  socket.destroy();
  pod.destroy();
}

function open(
  req: IncomingMessage,
  socket: Socket,
  agent: Agent,
): Promise<{ response: IncomingMessage; pod?: Duplex }> {
  return new Promise((resolve, reject) => {
    const outgoing = startRequest(req, agent, {
      connection: 'Upgrade',
      upgrade: 'websocket',
    });
    const abort = () => outgoing.destroy();
    socket.once('close', abort);
    outgoing.once('close', () => socket.off('close', abort));
    outgoing.once('response', response => resolve({ response }));
    outgoing.once('upgrade', (response, pod, head) => {
      if (head.length > 0) pod.unshift(head);
      resolve({ response, pod });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function switching({ headers }: IncomingMessage): string {
  const lines = Object.entries({
    ...responseHeaders(headers),
    connection: 'Upgrade',
    upgrade: 'websocket',
  }).flatMap(([name, value]) =>
    [value].flat().map(one => `${name}: ${one}\r\n`),
  );
  return `HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`;
}
