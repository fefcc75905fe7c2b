import type {
  Connection,
  WireRequest,
  WireResponse,
} from '@bailiwick/backstage-kube-controller';

/** Passes requests on and remembers them. */
export class CountingConnection implements Connection {
  /** `METHOD path`, oldest first. */
  readonly writes: string[] = [];
  /** All requests so far, as {@link CountingConnection.writes}. */
  readonly requests: string[] = [];
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get server(): string {
    return this.#connection.server;
  }

  send(request: WireRequest): Promise<WireResponse> {
    const told = `${request.method} ${request.path}`;
    this.requests.push(told);
    if (request.method !== 'GET') this.writes.push(told);
    return this.#connection.send(request);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
