import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { KubeConnectionError, LeadershipLostError } from '../errors';
import type {
  Connection,
  KubeSocket,
  SocketRefusal,
  SocketRequest,
  WireRequest,
  WireResponse,
} from './Connection';
import {
  selectContext,
  type KubeconfigSource,
  type SelectedContext,
} from './Kubeconfig';
import { fenceRequests } from './fenceRequests';
import { liveConnector, pingInterval } from './liveConnector';
import { openSocket } from './openSocket';
import { readCredentials, rotates, type Credentials } from './readCredentials';
import { selectInline } from './selectInline';

interface Login {
  dispatcher: Dispatcher;
  /** Certificates of the present dispatcher; others need a new one. */
  tls: string;
  headers: Record<string, string>;
  /** When the credentials are read again, milliseconds since the epoch. */
  readAgainAt: number;
}

/** Milliseconds after which rotating credentials (files, credential plugins) are read again. */
const rotationInterval = 10_000;

/** Milliseconds before their expiry at which credentials are renewed. */
const expiryMargin = 60_000;

/** Connections by kubeconfig: client certificates, tokens, rotating files, credential plugins. @public */
export class KubeconfigConnection implements Connection {
  readonly server: string;
  /** Identity that the kubeconfig impersonates; its user when absent. */
  readonly identity?: { user: string; groups: string[] };
  readonly #origin: string;
  /** Path prefix of the API server, such as behind a proxy; mostly empty. */
  readonly #base: string;
  readonly #selected: SelectedContext;
  #login: Login | undefined;
  #reading: Promise<Login> | undefined;

  private constructor(selected: SelectedContext) {
    this.#selected = selected;
    this.server = selected.cluster.server.replace(/\/$/, '');
    const { as: user, 'as-groups': groups = [] } = selected.user;
    if (user) this.identity = { user, groups };
    const { origin, pathname } = new URL(this.server);
    this.#origin = origin;
    this.#base = pathname === '/' ? '' : pathname;
  }

  /** Does not connect yet. @throws KubeconfigError when the kubeconfig cannot be used */
  static load(source: KubeconfigSource): KubeconfigConnection {
    return new KubeconfigConnection(selectContext(source));
  }

  /**
   * Creates connections from the content of an untrusted kubeconfig; does not connect yet.
   *
   * @throws KubeconfigError when it cannot be used, or names programs, files or a proxy
   */
  static fromText(text: string): KubeconfigConnection {
    return new KubeconfigConnection(selectInline(text));
  }

  async send(request: WireRequest): Promise<WireResponse> {
    try {
      const login = await this.#current();
      const response = await this.#sendAs(login, request);
      if (response.status !== 401) return response;
      // The token may have just been rotated; anything else is refused again.
      const next = await this.#renew();
      if (next.headers.authorization === login.headers.authorization)
        return response;
      await response.body.text();
      return await this.#sendAs(next, request);
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      if (error instanceof LeadershipLostError) throw error;
      throw new KubeConnectionError(this.server, error);
    }
  }

  async openSocket(
    request: SocketRequest,
  ): Promise<KubeSocket | SocketRefusal> {
    try {
      if (this.#selected.cluster['proxy-url'])
        throw new Error('WebSockets do not go through its proxy');
      const { headers } = await this.#current();
      const { tls } = await readCredentials(this.#selected);
      const address = this.#origin.replace(/^http/, 'ws') + this.#base;
      return await openSocket(
        address + request.path,
        { ...request, headers: { ...request.headers, ...headers } },
        tls,
      );
    } catch (error) {
      throw new KubeConnectionError(this.server, error);
    }
  }

  async close(): Promise<void> {
    await this.#login?.dispatcher.destroy();
    this.#login = undefined;
  }

  async #sendAs(
    { dispatcher, headers }: Login,
    request: WireRequest,
  ): Promise<WireResponse> {
    if (request.maySend?.() === false) throw new LeadershipLostError();
    // A variable, as `maySend` is an option of the interceptor.
    const options = {
      ...request,
      method: request.method as 'GET',
      origin: this.#origin,
      path: this.#base + request.path,
      headers: { ...request.headers, ...headers },
      // Over HTTP/2, undici joins values, which would make several groups one with commas.
      ...(hasRepeated(request.headers) && { allowH2: false }),
    };
    const { statusCode, ...response } = await dispatcher.request(options);
    return { status: statusCode, ...response };
  }

  async #current(): Promise<Login> {
    const login = this.#login;
    return login && Date.now() < login.readAgainAt ? login : this.#renew();
  }

  async #renew(): Promise<Login> {
    const login = this.#login;
    if (login && !rotates(this.#selected)) return login;
    this.#reading ??= this.#read()
      // A file is being replaced; the previous credentials may still work.
      .catch(error => {
        if (!login) throw error;
        login.readAgainAt = Date.now() + rotationInterval;
        return login;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #read(): Promise<Login> {
    const { tls, authorization, expiresAt } = await readCredentials(
      this.#selected,
    );
    const fingerprint = JSON.stringify(tls);
    const previous = this.#login;
    const isSame = previous?.tls === fingerprint;
    // Open requests, such as watches, keep their connections.
    if (previous && !isSame) previous.dispatcher.close().catch(() => {});
    this.#login = {
      dispatcher: isSame ? previous.dispatcher : this.#open(tls),
      tls: fingerprint,
      headers: authorization ? { authorization } : {},
      readAgainAt: Math.max(
        (expiresAt ?? 0) - expiryMargin,
        Date.now() + rotationInterval,
      ),
    };
    return this.#login;
  }

  #open(tls: Credentials['tls']): Dispatcher {
    const keepAliveTimeout = 60_000;
    const proxy = this.#selected.cluster['proxy-url'];
    const agent = proxy
      ? new ProxyAgent({ uri: proxy, requestTls: tls, keepAliveTimeout })
      : new Agent({
          connect: liveConnector(tls),
          h2Options: { pingInterval },
          keepAliveTimeout,
        });
    return agent.compose(fenceRequests);
  }
}

function hasRepeated(headers: WireRequest['headers']): boolean {
  return Object.values(headers).some(
    value => Array.isArray(value) && value.length > 1,
  );
}
