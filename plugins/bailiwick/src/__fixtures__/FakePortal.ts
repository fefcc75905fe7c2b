import {
  BailiwickClient,
  type Staleness,
  type WatchPath,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** A call that arrived. */
export interface Call {
  method: string;
  path: string;
  body: any;
}

type Stream = ReadableStreamDefaultController<Uint8Array>;

/** The wire behind a real client: responds and streams as scripted, and records the calls. */
export class FakePortal {
  readonly calls: Call[] = [];
  /** Calls that their caller ended. */
  readonly ended: Call[] = [];
  readonly client = new BailiwickClient({
    discoveryApi: { getBaseUrl: async () => '' },
    fetchApi: {
      fetch: ((url: string, init: RequestInit) =>
        this.#answer(url, init)) as typeof fetch,
    },
  });
  readonly #answers = new Map<string, () => Response | Promise<Response>>();
  readonly #streams = new Map<string, Set<Stream>>();
  readonly #lost = new Map<string, Staleness>();

  /** Answers a route with JSON, or with a refusal in these words. */
  answers(route: string, body: unknown, status = 200): this {
    const content =
      status < 400 ? body : { error: { name: 'Error', message: body } };
    this.#answers.set(
      route,
      () => new Response(JSON.stringify(content), { status }),
    );
    return this;
  }

  /** Never answers a route. */
  hangs(route: string): this {
    this.#answers.set(route, () => new Promise(() => {}));
    return this;
  }

  /** Keeps a route waiting; returns a function that lets it respond. */
  holds(route: string): () => void {
    const answer = this.#answers.get(route)!;
    let letGo = () => {};
    const gate = new Promise<void>(resolve => {
      letGo = resolve;
    });
    this.#answers.set(route, async () => {
      await gate;
      return answer();
    });
    return letGo;
  }

  /** Streams a watched path, beginning with one message for each reader. */
  streams(path: WatchPath, first: unknown): this {
    const readers = new Set<Stream>();
    const lost = this.#lost;
    this.#streams.set(path, readers);
    const join = path.includes('?') ? '&' : '?';
    this.#answers.set(`GET ${path}${join}watch=true`, () => {
      const body = new ReadableStream<Uint8Array>({
        start(reader) {
          readers.add(reader);
          reader.enqueue(event(first));
          const staleness = lost.get(path);
          if (staleness) reader.enqueue(event(staleness, 'staleness'));
        },
      });
      return new Response(body);
    });
    return this;
  }

  /** Reports to new readers of a path, after its first message, that the portal has lost the cluster or the operator. */
  loses(path: WatchPath, staleness: Staleness): this {
    this.#lost.set(path, staleness);
    return this;
  }

  /** Streams a watched list, beginning with all of it. */
  streamsList(path: WatchPath, items: unknown[]): this {
    return this.streams(path, { type: 'snapshot', items });
  }

  /** Streams text, such as an archive. */
  streamsText(route: string, text: string): this {
    this.#answers.set(route, () => new Response(text));
    return this;
  }

  /** Sends another message to all readers of a path. */
  send(path: WatchPath, message: unknown): void {
    for (const reader of this.#streams.get(path) ?? []) {
      reader.enqueue(event(message));
    }
  }

  /** Ends all streams of a path. */
  cut(path: WatchPath): void {
    const readers = this.#streams.get(path)!;
    for (const reader of readers) reader.close();
    readers.clear();
  }

  async #answer(url: string, { body, method = 'GET', signal }: RequestInit) {
    const call = {
      method,
      path: url,
      body: body ? JSON.parse(String(body)) : undefined,
    };
    this.calls.push(call);
    const answer = this.#answers.get(`${method} ${url}`);
    const given =
      answer?.() ??
      new Response(`{"error":{"message":"Nothing at ${url}"}}`, {
        status: 404,
      });
    const abandoned = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => {
        this.ended.push(call);
        reject(signal.reason);
      });
    });
    return Promise.race([given, abandoned]);
  }
}

function event(message: unknown, type = 'message'): Uint8Array {
  return new TextEncoder().encode(
    `event: ${type}\ndata: ${JSON.stringify(message)}\n\n`,
  );
}
