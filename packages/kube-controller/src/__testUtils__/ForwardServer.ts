import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { KubeClient } from '../client';
import type { Connection } from '../connection';
import { openSocket } from '../connection/openSocket';

/** The port-forward route of an API server. */
export class ForwardServer {
  readonly requests: IncomingMessage[] = [];
  /** Status of a refusal; opens otherwise. */
  refusal: number | undefined;
  /** Called with each connection, before it gets its port numbers. */
  onConnection: (socket: WebSocket) => void = () => {};
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: offered => [...offered][0],
  });
  readonly #server = createServer();

  /** Starts on a free loopback port. */
  async start(): Promise<KubeClient> {
    this.#server.on('upgrade', (request, socket, head) => {
      this.requests.push(request);
      if (this.refusal) {
        const text = JSON.stringify({ message: 'port-forward is not for you' });
        socket.end(
          `HTTP/1.1 ${this.refusal} No\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
        );
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, forward => {
        this.onConnection(forward);
        const { searchParams } = new URL(request.url ?? '', 'http://server');
        const port = Buffer.alloc(2);
        port.writeUInt16LE(Number(searchParams.get('ports')));
        for (const channel of [0, 1]) send(forward, channel, port);
      });
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    const connection: Connection = {
      server: `http://127.0.0.1:${port}`,
      send: () => Promise.reject(new Error('Only port-forwards are served')),
      openSocket: asked =>
        openSocket(`ws://127.0.0.1:${port}${asked.path}`, asked, {}),
      close: () => this.close(),
    };
    return new KubeClient({ connection, userAgent: 'test' });
  }

  async close(): Promise<void> {
    for (const one of this.#sockets.clients) one.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Sends bytes on a channel, as the kubelet does. */
export function send(
  socket: WebSocket,
  channel: number,
  bytes: Uint8Array | string,
): void {
  socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(bytes)]));
}
