import { subscribe } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import type { Credentials } from './readCredentials';

// After an error of a request, undici removes its listeners from the stream. A later error, such as
// of the connection, would be unhandled and end this process.
subscribe('http2.client.stream.created', message => {
  const { stream } = message as { stream: EventEmitter };
  // One listener suffices, even if tests load this module repeatedly.
  if (stream.listenerCount('error') === 0) stream.on('error', () => {});
});

/** Milliseconds between two pings of an HTTP/2 connection. */
export const pingInterval = 15_000;

/**
 * Opens connections, and destroys HTTP/2 connections without any data between two pings: their
 * server is unreachable, and every request would wait for its timeout (RFC 9113, 6.7).
 *
 * @param interval - milliseconds, equal to the ping interval
 */
export function liveConnector(
  tls: Credentials['tls'],
  interval = pingInterval,
): buildConnector.connector {
  // Otherwise every connection, also one that fails, would read the certificates again: some 50 kB each.
  const shared = { ...tls, secureContext: createSecureContext(tls) };
  const either = buildConnector(shared);
  const onlyHttp1 = buildConnector({ ...shared, allowH2: false });
  return (options, callback) => {
    const { allowH2 } = options as { allowH2?: boolean };
    const connect = allowH2 === false ? onlyHttp1 : either;
    connect(options, (...[error, socket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      if ('alpnProtocol' in socket && socket.alpnProtocol === 'h2')
        endWhenSilent(socket, interval);
      callback(null, socket);
    });
  };
}

function endWhenSilent(socket: Socket, interval: number): void {
  let before = -1;
  let wasSilent = false;
  const timer = setInterval(() => {
    const isSilent = socket.bytesRead === before;
    // Twice, as this process itself may have been suspended.
    if (isSilent && wasSilent)
      socket.destroy(new Error('The server stopped responding'));
    wasSilent = isSilent;
    before = socket.bytesRead;
  }, interval).unref();
  socket.once('close', () => clearInterval(timer));
}
