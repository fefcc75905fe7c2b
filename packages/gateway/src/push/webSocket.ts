import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';

/** Bytes of a message of a client; messages are not read. */
const maxPayload = 1_024;

/** A request that asks for a WebSocket. */
interface Upgrade {
  socket: Duplex;
  head: Buffer;
}

/** Whether a request asks for a WebSocket, and not for another protocol such as HTTP/2. */
export function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Routes the requests for WebSockets like all others, so that logins, limits and errors are the same. A route accepts
 * one with {@link accept}; any other response refuses it.
 */
export class WebSocketUpgrades {
  readonly #pending = new WeakMap<IncomingMessage, Upgrade>();
  readonly #sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload,
    perMessageDeflate: false,
  });

  constructor(server: FastifyInstance) {
    server.server.on('upgrade', (request, socket, head) => {
      const response = new ServerResponse(request);
      socket.on('error', () => socket.destroy());
      response.shouldKeepAlive = false;
      response.assignSocket(socket as Socket);
      response.once('finish', () => (socket as Socket).destroySoon());
      this.#pending.set(request, { socket, head });
      server.routing(request, response);
    });
  }

  /** Whether a request can be accepted. */
  isPending({ raw }: FastifyRequest): boolean {
    return this.#pending.has(raw);
  }

  /** Opens the WebSocket; the route must have hijacked the reply. */
  accept({ raw }: FastifyRequest): Promise<WebSocket> {
    const { head, socket } = this.#pending.get(raw)!;
    this.#pending.delete(raw);
    return new Promise(resolve => {
      this.#sockets.handleUpgrade(raw, socket, head, resolve);
    });
  }
}
