import { once } from 'node:events';
import {
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';

/** Headers of a navigation from the address bar or a link. */
export const navigation = {
  accept: 'text/html,application/xhtml+xml',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};

/** A response with its whole body. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Options of a request. */
export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Sends requests with a `Host` header to one port. */
export class Browser {
  cookie = '';
  readonly #port: number;
  readonly #host: string;

  constructor(port: number, host: string) {
    this.#port = port;
    this.#host = host;
  }

  get origin(): string {
    return `http://${this.#host}`;
  }

  /** Sends a request; its response must be read. */
  async send(
    path: string,
    { body, headers, method }: Asked = {},
  ): Promise<IncomingMessage> {
    const asked = request({
      agent: false,
      host: '127.0.0.1',
      port: this.#port,
      path,
      method,
      headers: { host: this.#host, ...this.#own(), ...headers },
    });
    asked.end(body);
    const [response] = await once(asked, 'response');
    return response;
  }

  /** Opens a connection for bytes that no HTTP client sends. */
  connect(): Socket {
    const socket = connect(this.#port, '127.0.0.1');
    return socket.on('error', () => {}).resume();
  }

  async get(path: string, asked?: Asked): Promise<Answer> {
    const response = await this.send(path, asked);
    const body = await text(response);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body,
    };
  }

  /** Opens the address of a ticket and keeps the cookie. */
  async open(url: string): Promise<Answer> {
    const { pathname, search } = new URL(url);
    const answer = await this.get(pathname + search, { headers: navigation });
    const [cookie] = answer.headers['set-cookie'] ?? [];
    if (cookie) this.cookie = cookie.split(';')[0];
    return answer;
  }

  /** Opens a WebSocket. @throws Error with the status of a refusal */
  async webSocket(
    path: string,
    headers: Record<string, string> = { origin: this.origin },
  ): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}${path}`, {
      headers: { host: this.#host, ...this.#own(), ...headers },
    });
    await once(socket, 'open');
    return socket;
  }

  #own(): Record<string, string> {
    return this.cookie ? { cookie: this.cookie } : {};
  }
}
