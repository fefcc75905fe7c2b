import {
  KubeconfigConnection,
  type Connection,
  type KubeconfigSource,
  type KubeSocket,
  type WireResponse,
} from '../connection';
import {
  KubeApiError,
  KubeConnectionError,
  LeadershipLostError,
} from '../errors';
import type { KubeObject, ResourceType } from '../objects';
import { reconciling } from '../reconciling';
import { requestIds } from '../requestIds';
import { exactInteger } from './exactInteger';
import { readText } from './readText';
import { ResourceClient } from './ResourceClient';
import { traceRequest } from './traceRequest';

/** Identity for impersonation. @public */
export interface Identity {
  user: string;
  groups?: string[];
}

/** A request to the API server. @public */
export interface KubeRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** Absolute path, such as `/version`. */
  path: string;
  /** Query parameters; `undefined` ones are omitted, arrays repeat the parameter. */
  query?: Record<string, string | number | boolean | string[] | undefined>;
  /** Objects are sent as JSON, strings and bytes as they are. */
  body?: unknown;
  contentType?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Timeout in milliseconds; 30,000 by default. */
  timeout?: number;
  /** Maximum size of the response in bytes, for proxied servers; unlimited by default. */
  maxBytes?: number;
  /** Whether integers of the response that a number cannot hold become text with their digits. */
  exactIntegers?: boolean;
}

/** Observes each response of the API server; for metrics. @public */
export type RequestObserver = (answer: {
  /** Name and port of the API server. */
  host: string;
  method: string;
  /** HTTP status; absent without a response. */
  status?: number;
  /** Seconds until the response began. */
  seconds: number;
}) => void;

/**
 * What the API server does with fields that the kind of an object lacks: refuse the write, drop them with a warning (the
 * default), or drop them ([API concepts](https://kubernetes.io/docs/reference/using-api/api-concepts/#setting-the-field-validation-level)).
 *
 * @public
 */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore';

/** State of a client; views share the connection. @public */
export interface KubeClientParts {
  connection: Connection;
  userAgent: string;
  /** Impersonated identity. */
  identity?: Identity;
  /** Called before each write; `false` refuses it. */
  mayWrite?: () => boolean;
  observe?: RequestObserver;
  timeout?: number;
  /** Field validation of writes of objects. */
  fieldValidation?: FieldValidation;
}

/** Options of {@link KubeClient.fromKubeconfig}. @public */
export interface KubeClientOptions extends KubeconfigSource {
  /** Name of the program, shown in the audit log. */
  userAgent: string;
  observe?: RequestObserver;
  /** Milliseconds without a response after which requests fail, 30 s by default; streams only wait for their start. */
  timeout?: number;
  /** Field validation of writes of objects. */
  fieldValidation?: FieldValidation;
}

/** Client of one API server; views with other identities share its connections. @public */
export class KubeClient {
  readonly #parts: KubeClientParts;
  readonly #host: string;

  constructor(parts: KubeClientParts) {
    this.#parts = parts;
    this.#host = new URL(parts.connection.server).host;
  }

  /**
   * Creates a client from kubeconfig files; connects on the first request. @throws KubeconfigError
   */
  static fromKubeconfig({
    userAgent,
    observe,
    timeout,
    fieldValidation,
    ...source
  }: KubeClientOptions): KubeClient {
    const connection = KubeconfigConnection.load(source);
    const { identity } = connection;
    return new KubeClient({
      connection,
      identity,
      userAgent,
      observe,
      timeout,
      fieldValidation,
    });
  }

  /**
   * Creates a client from the content of an untrusted kubeconfig, which may not name programs,
   * files or a proxy; connects on the first request.
   *
   * @throws KubeconfigError
   */
  static fromKubeconfigText({
    text,
    ...options
  }: { text: string } & Omit<
    KubeClientOptions,
    keyof KubeconfigSource
  >): KubeClient {
    const connection = KubeconfigConnection.fromText(text);
    const { identity } = connection;
    return new KubeClient({ connection, identity, ...options });
  }

  /** Address of the API server. */
  get server(): string {
    return this.#parts.connection.server;
  }

  /** Field validation of writes of objects; `undefined` for the default of the API server. */
  get fieldValidation(): FieldValidation | undefined {
    return this.#parts.fieldValidation;
  }

  /**
   * Returns a view that impersonates an identity and shares the connections.
   *
   * @throws Error for an empty user
   */
  as(identity: Identity): KubeClient {
    // Without a user, the request would have this client's own rights.
    if (!identity.user)
      throw new Error('An impersonated identity requires a user');
    return new KubeClient({ ...this.#parts, identity });
  }

  /**
   * Returns a view that writes only while it may, such as while this process is the leader.
   * Checked just before a write is sent, as the process may have been suspended.
   */
  fencedBy(mayWrite: () => boolean): KubeClient {
    return new KubeClient({ ...this.#parts, mayWrite });
  }

  /**
   * Returns typed access to a kind.
   *
   * @param onWritten - receives each object that a write returned, and returns the object for the
   * caller
   */
  resource<T extends KubeObject>(
    type: ResourceType<T>,
    onWritten?: (object: T) => T,
  ): ResourceClient<T> {
    return new ResourceClient<T>(this, type, onWritten);
  }

  /**
   * Sends a request and reads the whole response: JSON is parsed, anything else is returned as
   * text.
   *
   * @throws KubeApiError when the server refuses
   * @throws KubeConnectionError when it does not respond or the response is too large
   */
  async request<T = unknown>(request: KubeRequest): Promise<T> {
    const { headers, body } = await this.#send(
      request,
      this.#timeoutOf(request),
    );
    const text = await this.#read(body, request);
    const isJson = String(headers['content-type']).includes('json');
    if (!isJson || !text) return text as T;
    return JSON.parse(text, request.exactIntegers ? exactInteger : undefined);
  }

  /**
   * Sends a request with a streamed response, such as a watch or a log. Has no timeout; end it
   * through the signal or by leaving the loop over `body`.
   *
   * @throws KubeApiError, KubeConnectionError as {@link KubeClient.request}
   */
  async stream(request: KubeRequest): Promise<WireResponse> {
    return this.#send(request, 0);
  }

  /**
   * Opens a WebSocket, such as to a process in a pod.
   *
   * @throws KubeApiError when the server refuses
   * @throws KubeConnectionError when it does not respond or WebSockets are not supported
   */
  async openSocket({
    path,
    protocols,
    query,
    signal,
  }: Pick<KubeRequest, 'path' | 'query' | 'signal'> & {
    protocols: string[];
  }): Promise<KubeSocket> {
    const { connection } = this.#parts;
    if (!connection.openSocket)
      throw new KubeConnectionError(this.server, 'It has no WebSockets');
    const opened = await connection.openSocket({
      path: path + toSearch(query),
      protocols,
      headers: this.#headers(undefined),
      signal,
    });
    if ('send' in opened) return opened;
    throw KubeApiError.fromAnswer(opened.status, opened.text);
  }

  /** Closes the connections of this client and all its views. */
  async close(): Promise<void> {
    await this.#parts.connection.close();
  }

  #timeoutOf({ timeout = this.#parts.timeout ?? 30_000 }: KubeRequest): number {
    return timeout;
  }

  async #send(
    request: KubeRequest,
    bodyTimeout: number,
  ): Promise<WireResponse> {
    const { method = 'GET', path, query, body } = request;
    const { connection, mayWrite, observe } = this.#parts;
    const fence = isWrite(method) ? mayWrite : undefined;
    if (fence?.() === false) throw new LeadershipLostError();
    const host = this.#host;
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    let response: WireResponse;
    try {
      response = await traceRequest({ host, method, path }, () =>
        connection.send({
          method,
          path: path + toSearch(query),
          headers: {
            ...this.#headers(body),
            ...contentType(request),
            ...request.headers,
          },
          body: toBytes(body),
          // Requests end with the reconciliation that sent them.
          signal: request.signal ?? reconciling.getStore()?.signal,
          // Checked again, because reading credentials can take long.
          maySend: fence,
          headersTimeout: this.#timeoutOf(request),
          bodyTimeout,
        }),
      );
    } catch (error) {
      observe?.({ host, method, seconds: seconds() });
      throw error;
    }
    observe?.({ host, method, status: response.status, seconds: seconds() });
    if (response.status < 400) return response;
    const retryAfter = response.headers['retry-after'];
    throw KubeApiError.fromAnswer(
      response.status,
      await this.#read(response.body, request),
      retryAfter?.toString(),
    );
  }

  async #read(
    body: WireResponse['body'],
    { maxBytes }: KubeRequest,
  ): Promise<string> {
    try {
      return await readText(body, maxBytes);
    } catch (error) {
      throw new KubeConnectionError(this.server, error);
    }
  }

  #headers(body: unknown): Record<string, string | string[]> {
    const { identity, userAgent } = this.#parts;
    const { user, groups = [] } = identity ?? {};
    const id = requestIds.getStore();
    return {
      accept: 'application/json, */*',
      'user-agent': userAgent,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(user && { 'impersonate-user': user }),
      ...(groups.length > 0 && { 'impersonate-group': groups }),
      ...(id && { 'audit-id': id, 'x-request-id': id }),
    };
  }
}

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function contentType({
  contentType: type,
}: KubeRequest): Record<string, string> {
  return type ? { 'content-type': type } : {};
}

function toBytes(body: unknown): string | Uint8Array | undefined {
  return body === undefined ||
    typeof body === 'string' ||
    body instanceof Uint8Array
    ? body
    : JSON.stringify(body);
}

function toSearch(query: KubeRequest['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) search.append(name, String(one));
    }
  }
  return search.size > 0 ? `?${search}` : '';
}
