import {
  coreKinds,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Response of a pod instead of the usual one. */
export type PodAnswer = { status: number; body: object } | 'nothing';

/**
 * Simulates the processes in pods: responds to the API server's requests to pods like the function runtime, on an HTTP
 * CONNECT proxy on a Unix socket.
 */
export class SimulatedPods {
  /** Returns the response of a pod; `undefined` for the usual one. */
  answer: (name: string, path: string) => PodAnswer | undefined = () =>
    undefined;
  /** Requests so far, oldest first, as `namespace/pod path`. */
  readonly asked: string[] = [];
  readonly #client: KubeClient;
  readonly #proxy = createServer();
  readonly #runtime = createServer();
  readonly #addresses = new WeakMap<Socket, string>();
  readonly #open = new Set<Socket>();

  private constructor(client: KubeClient) {
    this.#client = client;
    this.#proxy.on('connect', ({ url = '' }, stream) => {
      const socket = stream as Socket;
      this.#addresses.set(socket, new URL(`http://${url}`).hostname);
      this.#open.add(socket);
      socket.on('close', () => this.#open.delete(socket));
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      this.#runtime.emit('connection', socket);
    });
    this.#runtime.on('request', ({ socket, url = '' }, answer) => {
      const address = this.#addresses.get(socket) ?? '';
      this.#serve(address, url, answer).catch(() => answer.destroy());
    });
  }

  /** Opens the socket, which the API server may use as soon as it runs. */
  static async listen(
    socket: string,
    client: KubeClient,
  ): Promise<SimulatedPods> {
    const pods = new SimulatedPods(client);
    pods.#proxy.listen(socket);
    await once(pods.#proxy, 'listening');
    return pods;
  }

  async close(): Promise<void> {
    this.#open.forEach(socket => socket.destroy());
    await new Promise(resolve => {
      this.#proxy.close(resolve);
    });
  }

  async #serve(address: string, path: string, answer: ServerResponse) {
    const pods = await this.#client
      .resource(coreKinds.pods)
      .list({ fieldSelector: `status.podIP=${address}` });
    const pod = pods.find(({ metadata }) => !metadata.deletionTimestamp);
    if (!pod) return void answer.destroy();
    const { labels: marks = {}, name, namespace } = pod.metadata;
    this.asked.push(`${namespace}/${name} ${path}`);
    const told = this.answer(name, path);
    if (told === 'nothing') return undefined;
    const { status, body } = told ?? usual(path, marks[labels.commit] ?? '');
    return answer
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  }
}

/** Returns the response of a function runtime with the code of a commit. */
function usual(path: string, commit: string): Exclude<PodAnswer, 'nothing'> {
  if (path === '/contract') return { status: 200, body: contractOf(commit) };
  if (path === '/readyz') {
    const body = { status: 'ready', functions: ['prices'], problems: [] };
    return { status: 200, body };
  }
  return { status: path === '/healthz' ? 200 : 404, body: {} };
}

/** Returns the contract of a simulated pod's functions; contains the running commit. */
export function contractOf(commit: string): object {
  const columns = [{ name: 'price', type: 'Money' }];
  const result = { kind: 'table', columns };
  const parameters = { type: 'object', properties: {} };
  const description = `Prices by ${commit}.`;
  return { functions: [{ name: 'prices', description, parameters, result }] };
}
