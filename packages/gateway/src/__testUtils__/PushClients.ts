import { once } from 'node:events';
import { EventSource } from 'eventsource';
import { WebSocket } from 'ws';
import { token } from './objects';

/** A message that a reader got. */
export interface Got {
  id?: string;
  event: string;
  data: any;
}

const authorizationOf = (secret: string) => `Bearer ${secret}`;
const events = ['message', 'gap', 'end'];

/** Clients of streams that keep what they get; each reads with the library that programs use. */
export class PushClients {
  readonly #closing: (() => void)[] = [];

  /**
   * Reads with EventSource, which reconnects.
   *
   * @param cutAfter - number of messages after which the first connection breaks
   */
  source(url: string, { secret = token, cutAfter = Infinity } = {}) {
    const got: Got[] = [];
    const cut = new AbortController();
    let connections = 0;
    const source = new EventSource(url, {
      async fetch(input, init) {
        connections += 1;
        const headers = {
          ...init!.headers,
          authorization: authorizationOf(secret),
        };
        if (connections > 1) return fetch(input, { ...init, headers });
        const signal = AbortSignal.any([init!.signal!, cut.signal]);
        return broken(await fetch(input, { ...init, headers, signal }));
      },
    });
    for (const event of [...events, 'error'])
      source.addEventListener(event, ({ data, lastEventId: id }: any) => {
        if (data === undefined) return;
        got.push({ id, event, data: JSON.parse(data) });
        if (got.length === cutAfter) cut.abort();
      });
    this.#closing.push(() => source.close());
    return { got, source, connections: () => connections };
  }

  /** Reads a WebSocket. */
  async socket(url: string, { secret = token, headers = {} } = {}) {
    const got: Got[] = [];
    const socket = new WebSocket(url.replace(/^http/, 'ws'), {
      headers: { authorization: authorizationOf(secret), ...headers },
    });
    socket.on('message', text => got.push(JSON.parse(String(text))));
    const closed = once(socket, 'close').then(([code]) => code as number);
    this.#closing.push(() => socket.terminate());
    await once(socket, 'open');
    return { got, socket, closed };
  }

  /** The response to a request for a WebSocket that is refused. */
  async refusal(url: string, headers: Record<string, string>) {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers });
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    response.resume();
    return {
      status: response.statusCode as number,
      retryAfter: response.headers['retry-after'] as string | undefined,
    };
  }

  close(): void {
    for (const close of this.#closing.splice(0)) close();
  }
}

/** A response whose connection breaks, instead of being aborted by the client. */
function broken({ body, headers, redirected, status, url }: Response) {
  const reader = body!.getReader();
  const copy = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (cause) {
        controller.error(new TypeError('The connection broke', { cause }));
      }
    },
    cancel: () => reader.cancel(),
  });
  return { body: copy, headers, redirected, status, url };
}
