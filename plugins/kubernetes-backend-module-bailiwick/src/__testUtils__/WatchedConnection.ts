import type {
  Connection,
  WireRequest,
  WireResponse,
} from '@bailiwick/backstage-kube-controller';

/** Passes requests on, records reads, and breaks watches on demand. */
export class WatchedConnection implements Connection {
  /** Paths of lists and of watches in the order in which they were asked for. */
  readonly reads: string[] = [];
  readonly #connection: Connection;
  readonly #watches = new Set<WireResponse['body']>();
  /** Number of watches to reject with status 410 because their version is too old. */
  #refusals = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get server(): string {
    return this.#connection.server;
  }

  /** Ends all watches; the next ones are rejected because their version is too old. */
  cut(refusals = 0): void {
    this.#refusals = refusals;
    for (const body of this.#watches) body.destroy();
    this.#watches.clear();
  }

  async send(request: WireRequest): Promise<WireResponse> {
    const isWatch = request.path.includes('watch=true');
    if (request.method === 'GET') this.reads.push(request.path);
    if (isWatch && this.#refusals > 0) {
      this.#refusals -= 1;
      return gone();
    }
    const response = await this.#connection.send(request);
    if (isWatch) this.#watches.add(response.body);
    return response;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}

/** Returns the API server's response to a version that is too old. */
function gone(): WireResponse {
  const text = JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'Expired',
    message: 'too old resource version',
    code: 410,
  });
  return {
    status: 410,
    headers: { 'content-type': 'application/json' },
    body: {
      async *[Symbol.asyncIterator]() {
        yield Buffer.from(text);
      },
      text: async () => text,
      destroy: () => undefined,
    },
  };
}
