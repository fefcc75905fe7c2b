import {
  coreKinds,
  openForward,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { once } from 'node:events';
import {
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { pipeline } from 'node:stream/promises';

/** A port on this machine, and where its connections end. */
export interface Relay {
  /** Port on loopback; 0 for a free one. */
  port: number;
  namespace: string;
  /** Label `app.kubernetes.io/name` of the pods. */
  app: string;
  podPort: number;
}

/**
 * Passes connections to a port of this machine on to ready pods, one pod for each connection. Like `kubectl
 * port-forward`, but it survives the replacement of pods.
 */
export class PodRelay {
  readonly #client: KubeClient;
  readonly #relay: Relay;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(client: KubeClient, relay: Relay) {
    this.#client = client;
    this.#relay = relay;
    this.#server = createServer(socket => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      // The client sees its connection close; a log line for each would flood the log during a rollout.
      this.#connect(socket).catch(() => socket.destroy());
    });
  }

  /** Listens on loopback. @returns the port @throws Error when the port is taken */
  async listen(): Promise<number> {
    this.#server.listen(this.#relay.port, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #connect(socket: Socket): Promise<void> {
    const { namespace, podPort } = this.#relay;
    const pod = await this.#readyPod();
    const stream = await openForward(this.#client, {
      namespace,
      pod,
      port: podPort,
    });
    await pipeline(socket, stream, socket);
  }

  /** @throws Error without a ready pod */
  async #readyPod(): Promise<string> {
    const { app, namespace } = this.#relay;
    const pods = await this.#client
      .resource(coreKinds.pods)
      .list({ namespace, labelSelector: `app.kubernetes.io/name=${app}` });
    const ready = pods.filter(
      ({ metadata, status }) =>
        !metadata.deletionTimestamp &&
        status?.conditions?.some(
          ({ status: is, type }) => type === 'Ready' && is === 'True',
        ),
    );
    const chosen = ready[Math.floor(Math.random() * ready.length)];
    if (!chosen) throw new Error(`No pod of ${app} is ready`);
    return chosen.metadata.name;
  }
}
