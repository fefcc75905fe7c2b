import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Rejects WebSockets without a token, which the signals plugin expects in `Sec-WebSocket-Protocol`. The plugin verifies
 * a token if there is one, but treats callers without one as guests, and keeps their subscriptions in memory.
 *
 * @param server - server on which the plugin does not listen for upgrades yet
 */
export function refuseAnonymousUpgrades(server: Server): void {
  // Node.js passes upgrades to the routes while there is no listener, and the plugin waits for such a request.
  const guardFirst = (event: string | symbol) => {
    if (event !== 'upgrade') return;
    server.off('newListener', guardFirst);
    server.prependListener('upgrade', refuse);
  };
  server.on('newListener', guardFirst);
}

function refuse({ headers }: IncomingMessage, socket: Duplex): void {
  if (headers['sec-websocket-protocol']) return;
  // Listeners after this one find a socket that they cannot write to.
  socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n', () =>
    socket.destroy(),
  );
}
