import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Rejects WebSockets without a token, which the signals plugin expects in `Sec-WebSocket-Protocol`. The plugin verifies
 * a token if there is one, but treats callers without one as guests, and keeps their subscriptions in memory.
 *
 * @param server - server on which the plugin does not listen for upgrades yet
 * @param watchSocket - called with each token and its socket, such as that of the presence guard
 * @public
 */
export function refuseAnonymousUpgrades(
  server: Server,
  watchSocket?: (token: string, socket: Duplex) => void,
): void {
  const guard = ({ headers }: IncomingMessage, socket: Duplex) => {
    const token = headers['sec-websocket-protocol'];
    if (token) watchSocket?.(token, socket);
    else refuse(socket);
  };
  // Node.js passes upgrades to the routes while there is no listener, and the plugin waits for such a request.
  const guardFirst = (event: string | symbol) => {
    if (event !== 'upgrade') return;
    server.off('newListener', guardFirst);
    server.prependListener('upgrade', guard);
  };
  server.on('newListener', guardFirst);
}

function refuse(socket: Duplex): void {
  // Listeners after this one find a socket that they cannot write to.
  socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n', () =>
    socket.destroy(),
  );
}
