import { once } from 'node:events';
import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';

/** One connection, and the one to the server behind. */
interface Line {
  near: Socket;
  far: Socket;
}

/** The wire in front of a server on loopback: it can be cut, fall silent, and be away. */
export class Wire {
  readonly #lines = new Set<Line>();
  readonly #behind: number;
  #front: Server;
  #port = 0;

  private constructor(behind: number) {
    this.#behind = behind;
    this.#front = this.#listener();
  }

  /** @param behind - port of the server */
  static async to(behind: number): Promise<Wire> {
    const wire = new Wire(behind);
    await wire.comeBack();
    return wire;
  }

  /** Port for clients. */
  get port(): number {
    return this.#port;
  }

  /**
   * Silences all open connections without closing them, as when a network loses the other side; new ones work. Returns
   * their number.
   */
  silence(): number {
    for (const { near, far } of this.#lines) {
      near.unpipe().pause();
      far.unpipe().pause();
    }
    return this.#lines.size;
  }

  /** Resets open connections. */
  cut(): void {
    this.#lines.forEach(drop);
  }

  /** Refuses connections until {@link Wire.comeBack}, and resets the open ones. */
  goAway(): void {
    this.#front.close();
    this.cut();
  }

  /** Accepts connections, on the same port as before. */
  async comeBack(): Promise<void> {
    if (this.#front.listening) return;
    this.#front = this.#listener();
    this.#front.listen(this.#port, '127.0.0.1');
    await once(this.#front, 'listening');
    this.#port = (this.#front.address() as AddressInfo).port;
  }

  #listener(): Server {
    return createServer(near => {
      const far = connect(this.#behind, '127.0.0.1');
      const line = { near, far };
      this.#lines.add(line);
      for (const socket of [near, far]) {
        socket.setNoDelay(true);
        socket.on('error', () => drop(line));
        socket.on('close', () => {
          this.#lines.delete(line);
          drop(line);
        });
      }
      near.pipe(far);
      far.pipe(near);
    });
  }
}

function drop({ near, far }: Line): void {
  near.resetAndDestroy();
  far.destroy();
}
