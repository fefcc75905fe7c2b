import type { Duplex } from 'node:stream';
import { ForwardAgent } from './ForwardAgent';

/** Maximum number of requests and WebSockets at the same time. */
const mostExchanges = 64;
/** Milliseconds for which the page of an unreachable workspace reloads itself. */
const reloadingMs = 60_000;
/** Milliseconds without a request after which the page may reload itself again. */
const pauseMs = 10_000;

/** Connections of one session: browser sockets in use, and connections to the pod. */
export class SessionConnections {
  readonly agent: ForwardAgent;
  readonly #sockets = new Map<Duplex, number>();
  #count = 0;
  #unreachable = { since: 0, last: 0 };

  constructor(connect: () => Promise<Duplex>) {
    this.agent = new ForwardAgent(connect);
  }

  /**
   * Registers a request or WebSocket of a browser.
   *
   * @returns a function that ends it, once; `undefined` when there are too many
   */
  begin(socket: Duplex): (() => void) | undefined {
    if (this.#count >= mostExchanges) return undefined;
    this.#change(socket, 1);
    let isOver = false;
    return () => {
      if (!isOver) this.#change(socket, -1);
      isOver = true;
    };
  }

  /** Records a failed navigation; returns whether its page reloads itself. */
  reloads(): boolean {
    const now = Date.now();
    const { last, since } = this.#unreachable;
    const start = now - last > pauseMs ? now : since;
    this.#unreachable = { since: start, last: now };
    return now - start < reloadingMs;
  }

  /** Breaks all connections. */
  destroy(): void {
    this.agent.destroy();
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  #change(socket: Duplex, by: number): void {
    this.#count += by;
    const left = (this.#sockets.get(socket) ?? 0) + by;
    if (left > 0) this.#sockets.set(socket, left);
    else this.#sockets.delete(socket);
  }
}
