import { Duplex } from 'node:stream';
import type { KubeSocket } from '../connection';
import { PortForwardError } from '../errors';

/** Channels of the first port; further ports would have the next pairs. */
const channel = { data: 0, errors: 1 };
/** Bytes of the port number that each channel begins with. */
const portBytes = 2;
/** Maximum size of a message in bytes; longer writes are split. */
const longestMessage = 256 * 1024;

/** Bytes of one TCP connection in a pod, over a WebSocket of the kubelet's port-forward. */
export class ForwardStream extends Duplex {
  readonly #socket: KubeSocket;
  /** Bytes of the port number that each channel has yet to send. */
  readonly #prefixes = [portBytes, portBytes];

  constructor(
    socket: KubeSocket,
    { pod, port }: { pod: string; port: number },
  ) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    socket.onMessage(message => {
      const bytes = this.#withoutPort(message);
      if (this.destroyed || bytes.length === 0) return;
      if (message[0] === channel.errors) {
        const words = Buffer.from(bytes).toString('utf8');
        this.destroy(new PortForwardError(port, pod, words));
      } else if (message[0] === channel.data && !this.push(bytes))
        socket.pause();
    });
    socket.onClose(() => {
      if (!this.destroyed) this.push(null);
    });
    // An unreachable port is reported although nobody reads yet.
    socket.resume();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(
    bytes: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    const part = bytes.subarray(0, longestMessage);
    const rest = bytes.subarray(longestMessage);
    const message = Buffer.concat([Buffer.of(channel.data), part]);
    this.#socket.send(message, error => {
      if (error || rest.length === 0) done(error);
      else this._write(rest, _encoding, done);
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.close();
    done();
  }

  override _destroy(
    error: Error | null,
    done: (error?: Error | null) => void,
  ): void {
    this.#socket.close();
    done(error);
  }

  #withoutPort(message: Uint8Array): Uint8Array {
    const from = message[0];
    const skipped = Math.min(this.#prefixes[from] ?? 0, message.length - 1);
    if (skipped > 0) this.#prefixes[from] -= skipped;
    return message.subarray(1 + skipped);
  }
}
