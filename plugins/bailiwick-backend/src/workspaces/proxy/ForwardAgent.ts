import { Agent, type ClientRequest, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';

/** Milliseconds after which an unused connection is closed. */
const idleMs = 30_000;

/** State of an unused connection. */
interface Idle {
  close: () => void;
  timer: NodeJS.Timeout;
}

/** An HTTP agent whose connections are opened by a function, and reused. */
export class ForwardAgent extends Agent {
  readonly #connect: () => Promise<Duplex>;
  readonly #streams = new Set<Duplex>();
  readonly #idle = new Map<Duplex, Idle>();
  #isDestroyed = false;

  constructor(connect: () => Promise<Duplex>) {
    super({ keepAlive: true, maxFreeSockets: 8 });
    this.#connect = connect;
  }

  override createConnection(
    _options: ClientRequestArgs,
    done?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    this.#open().then(
      stream => done?.(null, stream),
      error => done?.(error, undefined as never),
    );
  }

  /** Called by Node.js when a request no longer needs its connection. */
  override keepSocketAlive(stream: Duplex): boolean {
    const close = () => stream.destroy();
    // Bytes without a request would become the response to the next one.
    stream.on('data', close);
    // A paused stream would not notice its end.
    stream.resume();
    const timer = setTimeout(close, idleMs).unref();
    this.#idle.set(stream, { close, timer });
    return true;
  }

  override reuseSocket(stream: Duplex, outgoing: ClientRequest): void {
    this.#endIdle(stream);
    super.reuseSocket(stream, outgoing);
  }

  /** Breaks all connections, also those of upgraded requests. */
  override destroy(): void {
    this.#isDestroyed = true;
    super.destroy();
    for (const stream of this.#streams) stream.destroy();
  }

  async #open(): Promise<Duplex> {
    const stream = await this.#connect();
    // Requests report errors; a connection may also break before it has a request.
    stream.on('error', () => {});
    if (this.#isDestroyed) stream.destroy();
    this.#streams.add(stream);
    stream.once('close', () => {
      this.#endIdle(stream);
      this.#streams.delete(stream);
    });
    // A method of sockets that `reuseSocket` calls.
    return 'ref' in stream ? stream : Object.assign(stream, { ref() {} });
  }

  #endIdle(stream: Duplex): void {
    const idle = this.#idle.get(stream);
    if (!idle) return;
    this.#idle.delete(stream);
    clearTimeout(idle.timer);
    stream.off('data', idle.close);
  }
}
