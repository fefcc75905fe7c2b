import type {
  Connection,
  WireRequest,
  WireResponse,
} from '@bailiwick/backstage-kube-controller';

/** Passes requests on and remembers those that write. */
export class CountingConnection implements Connection {
  /** `METHOD path`, oldest first. */
  readonly writes: string[] = [];
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get server(): string {
    return this.#connection.server;
  }

  send(request: WireRequest): Promise<WireResponse> {
    if (request.method !== 'GET')
      this.writes.push(`${request.method} ${request.path}`);
    return this.#connection.send(request);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
