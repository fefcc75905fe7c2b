import { RequestFailedError } from './RequestFailedError';
import { newTraceParent, traceIdOf } from './traceParent';

/** Options of every request. @public */
export interface CallOptions {
  /** Bearer token; the browser's fetch adds its own. */
  token?: string;
  signal?: AbortSignal;
}

/** Options of a stream. @public */
export interface OpenOptions extends CallOptions {
  /** Id of the last received message; a stream with ids resumes after it. */
  lastEventId?: string;
}

/** Path of a watched list or object; the response is `text/event-stream`. @public */
export type WatchPath = `/${string}`;

/** JSON client of the portal's Bailiwick API. @public */
export class JsonClient {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discovery = options.discoveryApi;
    this.#fetch =
      options.fetchApi?.fetch ?? ((...request) => fetch(...request));
  }

  /** Opens a stream: server-sent events of a watched path, or the text of a pod's log. */
  async open(path: WatchPath, options?: OpenOptions): Promise<Response> {
    return this.request('GET', path, options);
  }

  /** Returns the items of a list. */
  protected async items<T>(path: string, options?: CallOptions): Promise<T[]> {
    const { items } = await this.json<{ items: T[] }>('GET', path, options);
    return items;
  }

  /** Returns the JSON response of a route. */
  protected async json<T>(
    method: string,
    path: string,
    options?: CallOptions,
    body?: unknown,
  ): Promise<T> {
    const response = await this.request(method, path, options, body);
    return response.status === 204 ? (undefined as T) : response.json();
  }

  protected async address(path: string): Promise<string> {
    return `${await this.#discovery.getBaseUrl('bailiwick')}${path}`;
  }

  /** @throws RequestFailedError with the portal's message */
  protected async request(
    method: string,
    path: string,
    options?: OpenOptions,
    body?: unknown,
  ): Promise<Response> {
    const traceparent = newTraceParent();
    const response = await this.#fetch(await this.address(path), {
      method,
      signal: options?.signal,
      headers: {
        traceparent,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(options?.token && { Authorization: `Bearer ${options.token}` }),
        ...(options?.lastEventId && { 'Last-Event-ID': options.lastEventId }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch((error: Error) => {
      // Browsers give no reason for failed connections.
      throw error instanceof TypeError
        ? new TypeError(
            'The portal is unreachable; check your connection, and try again',
            { cause: error },
          )
        : error;
    });
    if (!response.ok)
      throw await RequestFailedError.fromResponse(
        response,
        traceIdOf(traceparent),
      );
    return response;
  }
}
