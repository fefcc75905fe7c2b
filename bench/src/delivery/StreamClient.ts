import { EventSourceParserStream } from 'eventsource-parser/stream';

/** A value of a cell. */
interface Row {
  cell: string;
  value: number;
  /** When the function yielded it, seconds since 1970. */
  at: number;
}

/** A reader of cells whose values count up; it measures how long they take and which are missing. */
export class StreamClient {
  /** Milliseconds from the function to here. */
  readonly latencies: number[] = [];
  /** Newest value of each cell. */
  readonly values = new Map<string, number>();
  /** Values that were left out within a connection. */
  missed = 0;
  readonly #url: string;
  readonly #protocol: 'events' | 'socket';
  #closed = new AbortController();
  #lastId?: string;
  /** Cells of which this connection had a value. */
  #seen = new Set<string>();

  constructor(url: string, protocol: 'events' | 'socket') {
    this.#url = url;
    this.#protocol = protocol;
  }

  /** Connects, and continues after the last event. */
  async open(): Promise<void> {
    this.#closed = new AbortController();
    this.#seen = new Set();
    const after = this.#lastId ? `&$after=${this.#lastId}` : '';
    const url = this.#url + after;
    await (this.#protocol === 'socket'
      ? this.#openSocket(url)
      : this.#openEvents(url));
  }

  async reconnect(): Promise<void> {
    this.close();
    await this.open();
  }

  close(): void {
    this.#closed.abort();
  }

  async #openEvents(url: string): Promise<void> {
    const { signal } = this.#closed;
    const headers = { accept: 'text/event-stream' };
    const response = await fetch(url, { headers, signal });
    if (!response.ok) throw new Error(await response.text());
    void this.#readEvents(response, signal);
  }

  async #readEvents({ body }: Response, signal: AbortSignal): Promise<void> {
    const events = body!
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream());
    try {
      for await (const { data, event, id } of events) {
        if (event) throw new Error(`${event}: ${data}`);
        if (id) this.#take(id, JSON.parse(data) as Row[]);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #openSocket(url: string): Promise<void> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'));
    this.#closed.signal.addEventListener('abort', () => socket.close());
    socket.onmessage = ({ data: text }) => {
      if (this.#closed.signal.aborted) return;
      const { id, data } = JSON.parse(String(text));
      if (!id) throw new Error(String(text));
      this.#take(id, data as Row[]);
    };
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error(`No WebSocket at ${url}`));
    });
  }

  #take(id: string, rows: Row[]): void {
    const now = Date.now();
    this.#lastId = id;
    for (const { at, cell, value } of rows) {
      const before = this.values.get(cell) ?? 0;
      // A new connection begins with the last values, which are as old as they are.
      if (this.#seen.has(cell)) {
        this.latencies.push(now - at * 1_000);
        this.missed += Math.abs(value - before - 1);
      }
      this.#seen.add(cell);
      this.values.set(cell, Math.max(value, before));
    }
  }
}
