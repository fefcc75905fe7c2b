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
import { liveConnector, pingInterval } from './liveConnector';
import { openSocket } from './openSocket';
import { readCredentials, rotates, type Credentials } from './readCredentials';
import { selectInline } from './selectInline';

interface Login {
  dispatcher: Dispatcher;
  /** The certificates with which the dispatcher was made; others need another one. */
  tls: string;
  headers: Record<string, string>;
  /** Milliseconds since 1970 at which the credentials are read again. */
  readAgainAt: number;
}

/** Milliseconds after which rotating credentials (files, login programs) are read again. */
const rotationInterval = 10_000;

/** Milliseconds before its end at which a login is renewed. */
const expiryMargin = 60_000;

/** Connections by kubeconfig: client certificates, tokens, files that rotate, login programs. */
export class KubeconfigConnection implements Connection {
  readonly server: string;
  /** In whose name the kubeconfig says that requests are made; its user when absent. */
  readonly identity?: { user: string; groups: string[] };
  readonly #origin: string;
  /** Path below which the API server is, such as behind a proxy; mostly empty. */
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

  /** Opens no connection yet. @throws KubeconfigError when the kubeconfig cannot be used. */
  static load(source: KubeconfigSource): KubeconfigConnection {
    return new KubeconfigConnection(selectContext(source));
  }

  /**
   * Connections by the text of a kubeconfig that somebody else wrote; opens none yet.
   *
   * @throws KubeconfigError when it cannot be used, or would run, read or ask something else here.
   */
  static fromText(text: string): KubeconfigConnection {
    return new KubeconfigConnection(selectInline(text));
  }

  async send(request: WireRequest): Promise<WireResponse> {
    try {
      const login = await this.#current();
      const response = await this.#sendAs(login, request);
      if (response.status !== 401) return response;
      // A token that was exchanged a moment ago; anything else is refused again.
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
    { maySend, ...request }: WireRequest,
  ): Promise<WireResponse> {
    if (maySend?.() === false) throw new LeadershipLostError();
    const { statusCode, ...response } = await dispatcher.request({
      ...request,
      method: request.method as 'GET',
      origin: this.#origin,
      path: this.#base + request.path,
      headers: { ...request.headers, ...headers },
      // Over HTTP/2 undici joins values, and several groups would become one with commas in it.
      ...(hasRepeated(request.headers) && { allowH2: false }),
    });
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
      // A file that is being exchanged right now; what worked so far may still do.
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
    // Requests under way, such as watches, end on the connections they have.
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
    return proxy
      ? new ProxyAgent({ uri: proxy, requestTls: tls, keepAliveTimeout })
      : new Agent({
          connect: liveConnector(tls),
          h2Options: { pingInterval },
          keepAliveTimeout,
        });
  }
}

function hasRepeated(headers: WireRequest['headers']): boolean {
  return Object.values(headers).some(
    value => Array.isArray(value) && value.length > 1,
  );
}
