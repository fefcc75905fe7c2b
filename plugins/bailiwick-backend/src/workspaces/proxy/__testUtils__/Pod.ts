import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer } from 'ws';

/** A server such as Jupyter's in a pod, with HTTP and WebSockets that echo. */
export class Pod {
  readonly requests: IncomingMessage[] = [];
  /** Connections that the portal opened. */
  readonly connections: Socket[] = [];
  answer: RequestListener = (_req, res) => res.end('ok');
  readonly sockets = new WebSocketServer({ noServer: true });
  readonly #server = createServer((req, res) => {
    this.requests.push(req);
    this.answer(req, res);
  });

  async start(): Promise<void> {
    this.#server.on('upgrade', (req, socket, head) => {
      this.requests.push(req);
      this.sockets.handleUpgrade(req, socket, head, client =>
        client.on('message', (bytes, isBinary) =>
          client.send(bytes, { binary: isBinary }),
        ),
      );
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Opens a connection, which is no socket, as a port-forward does. */
  readonly connect = async (): Promise<Duplex> => {
    const { port } = this.#server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    this.connections.push(socket);
    await once(socket, 'connect');
    const [near, far] = duplexPair();
    near.once('close', () => socket.destroy());
    socket.once('close', () => near.destroy());
    pipeline(socket, far, socket).catch(() => {});
    return near;
  };

  async stop(): Promise<void> {
    for (const one of this.sockets.clients) one.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
