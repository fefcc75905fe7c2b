import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A load balancer for TCP connections to ports of the loopback address, which leaves out ports that accept none.
 */
export class Balancer {
  /** Ports of the servers; the next connection goes to the next one. */
  readonly targets: number[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer(client => {
    this.#sockets.add(client);
    client.once('close', () => this.#sockets.delete(client));
    client.on('error', () => client.destroy());
    this.#pass(client, this.targets.length);
  });
  #next = 0;

  /** Starts to listen. @param host - address of this machine, such as the one that pods reach */
  static async start(host = '127.0.0.1'): Promise<Balancer> {
    const balancer = new Balancer();
    balancer.#server.listen(0, host);
    await once(balancer.#server, 'listening');
    return balancer;
  }

  /** Address that clients use. */
  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${address === '127.0.0.1' ? 'localhost' : address}:${port}`;
  }

  /** Breaks off all connections and ends. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(client: Socket, attempts: number): void {
    if (attempts === 0) {
      client.destroy();
      return;
    }
    const port = this.targets[this.#next++ % this.targets.length];
    const server = connect(port, '127.0.0.1');
    const tryNext = () => this.#pass(client, attempts - 1);
    server.once('error', tryNext);
    server.once('connect', () => {
      server.off('error', tryNext);
      const end = () => {
        client.destroy();
        server.destroy();
      };
      server.on('error', end);
      server.once('close', end);
      client.once('close', end);
      client.pipe(server).pipe(client);
    });
  }
}
