import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import {
  constants,
  type Http2ServerResponse,
  type ServerHttp2Stream,
} from 'node:http2';

/** Headers of one connection of HTTP/1.1, which HTTP/2 forbids. */
const ofConnections = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/** An answer under way, over HTTP/1.1 or HTTP/2. */
export class Reply {
  readonly #answer: ServerResponse;
  readonly #stream: ServerHttp2Stream | undefined;

  constructor(answer: ServerResponse | Http2ServerResponse) {
    // Node gives both the same methods, except for the stream.
    this.#answer = answer as ServerResponse;
    this.#stream = 'stream' in answer ? answer.stream : undefined;
  }

  /** Whether there is still a reader. */
  get isOpen(): boolean {
    const stream = this.#stream;
    return stream ? !stream.closed && !stream.destroyed : this.#answer.writable;
  }

  /** Sends status and headers at once. */
  begin(status: number, headers: IncomingHttpHeaders): void {
    if (!this.isOpen) return;
    const kept = Object.entries(headers).filter(
      ([name]) => !this.#stream || !ofConnections.has(name),
    );
    this.#answer.writeHead(status, Object.fromEntries(kept)).flushHeaders();
  }

  write(text: string | Buffer): void {
    if (this.isOpen) this.#answer.write(text);
  }

  end(text?: string): void {
    if (this.isOpen) this.#answer.end(text);
  }

  /** Breaks this answer off: the connection with it over HTTP/1.1, its stream alone over HTTP/2. */
  cut(): void {
    if (this.#stream) this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
    else this.#answer.destroy();
  }

  onClose(listener: () => void): void {
    (this.#stream ?? this.#answer).once('close', listener);
  }
}
