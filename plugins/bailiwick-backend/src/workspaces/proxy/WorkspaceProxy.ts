import type { LoggerService } from '@backstage/backend-plugin-api';
import { once } from 'node:events';
import {
  createServer,
  ServerResponse,
  type Agent,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { noticeOf, type WorkspaceState } from './failures';
import { forwardRequest } from './forwardRequest';
import { forwardUpgrade } from './forwardUpgrade';
import { cookieName, protection, readCookies } from './headers';
import { parseBaseUrl, type WorkspaceHosts } from './hosts';
import { isPortalPath } from './isPortalPath';
import { isCrossOrigin, isNavigation } from './origins';
import { notices, type Notice } from './pages';
import { sendNotice } from './sendNotice';
import { SessionConnections } from './SessionConnections';
import type { WorkspaceSession, WorkspaceSessions } from './WorkspaceSessions';

/** Paths of the proxy itself; none of them reaches a pod. */
const ownPaths = '/.bailiwick/';
const openPath = `${ownPaths}open`;
/** First page of a workspace. */
const home = '/lab';

/** Time limits in milliseconds; Jupyter splits uploads into small requests. */
const timeouts = {
  headersTimeout: 20_000,
  requestTimeout: 10 * 60_000,
  keepAliveTimeout: 65_000,
};
/** Milliseconds without bytes after which a connection is closed. */
const idleMs = 10 * 60_000;
/** Milliseconds between checks of the sessions. */
const checkMs = 5_000;

/** Options of {@link createWorkspaceProxy}. */
export interface WorkspaceProxyOptions {
  /** Address of workspaces, such as `http://*.localhost:7008`. */
  baseUrl: string;
  /** Where the proxy listens; on all interfaces by default. */
  listen: { port: number; host?: string };
  sessions: WorkspaceSessions;
  /**
   * Opens a connection to the workspace's server as the person. @throws KubeApiError,
   * KubeConnectionError
   */
  connect(session: WorkspaceSession): Promise<Duplex>;
  state(session: WorkspaceSession): WorkspaceState;
  /** Address that the pages of the proxy link to. */
  portalUrl: string;
  log: LoggerService;
  /** Milliseconds between checks of open connections; 5,000 by default. */
  checkInterval?: number;
}

/** How a request or WebSocket is carried to the pod. */
interface Exchange {
  /** Closes when the exchange is over. */
  carrier: ServerResponse | Socket;
  forward(agent: Agent): Promise<void>;
}

/** The HTTP listener of workspaces. */
export interface WorkspaceProxy {
  /** Starts listening; returns the port. */
  start(): Promise<number>;
  /** Breaks all connections and stops listening. */
  stop(): Promise<void>;
  /** Returns the address that opens a workspace with a ticket. */
  urlFor(host: string, ticket: string): string;
}

class DefaultWorkspaceProxy implements WorkspaceProxy {
  readonly #options: WorkspaceProxyOptions;
  readonly #hosts: WorkspaceHosts;
  readonly #cookie: string;
  readonly #portalUrl: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #connections = new Map<WorkspaceSession, SessionConnections>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WorkspaceProxyOptions) {
    this.#options = options;
    this.#hosts = parseBaseUrl(options.baseUrl);
    this.#cookie = cookieName(this.#hosts.isSecure);
    this.#portalUrl = new URL(options.portalUrl).href;
    this.#server = createServer(timeouts);
    this.#server.timeout = idleMs;
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('request', (req, res) => this.#request(req, res));
    this.#server.on('upgrade', (req, socket: Socket, head) =>
      this.#upgrade(req, socket, head),
    );
  }

  async start(): Promise<number> {
    const { checkInterval = checkMs, listen, sessions } = this.#options;
    this.#server.listen(listen);
    await once(this.#server, 'listening');
    this.#timer = setInterval(() => sessions.endInvalid(), checkInterval);
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    for (const one of this.#connections.values()) one.destroy();
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  urlFor(host: string, ticket: string): string {
    return `${this.#hosts.originOf(host)}${openPath}?ticket=${ticket}`;
  }

  #request(req: IncomingMessage, res: ServerResponse): void {
    this.#serve(req, res, {
      carrier: res,
      forward: agent => forwardRequest(req, res, agent),
    });
  }

  /** Responds itself, or forwards if the request has a session and may reach its pod. */
  #serve(req: IncomingMessage, res: ServerResponse, exchange: Exchange): void {
    try {
      this.#route(req, res, exchange);
    } catch (error) {
      this.#crashed(res, error);
    }
  }

  #route(
    req: IncomingMessage,
    res: ServerResponse,
    { carrier, forward }: Exchange,
  ): void {
    const { headers, url: target = '' } = req;
    const refuse = (notice: Notice) => this.#refuse(req, res, notice);
    const host = this.#hosts.labelOf(headers.host);
    if (!host) return refuse(notices.unknownHost);
    const origin = this.#hosts.originOf(host);
    if (isCrossOrigin(req, origin)) return refuse(notices.crossOrigin);
    const [path, query] = target.split('?', 2);
    if (path === openPath)
      return this.#open(req, res, { host, ticket: ticketIn(query) });
    // Absolute request targets (RFC 9112, 3.2.2) could name another path than they show.
    if (!path.startsWith('/') || path.startsWith(ownPaths))
      return refuse(notices.notFound);
    if (isPortalPath(target)) return refuse(notices.notFound);
    const session = this.#sessionOf(req, host);
    if (!session) return refuse(notices.signedOut);
    const connections = this.#connectionsOf(session);
    const end = connections.begin(req.socket);
    if (!end) return refuse(notices.tooMany);
    carrier.once('close', end);
    forward(connections.agent)
      .catch(error => this.#failed(req, res, { error, session }))
      .catch(error => this.#crashed(res, error));
    return undefined;
  }

  #upgrade(req: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const res = new ServerResponse(req);
    res.shouldKeepAlive = false;
    try {
      res.assignSocket(socket);
    } catch {
      // The client did not wait for the response to its previous request.
      socket.destroy();
      return;
    }
    res.once('finish', () => socket.destroySoon());
    if (req.headers.upgrade?.toLowerCase() !== 'websocket')
      this.#refuse(req, res, notices.onlyWebSockets);
    else if (req.headers.origin === undefined)
      this.#refuse(req, res, notices.crossOrigin);
    else
      this.#serve(req, res, {
        carrier: socket,
        forward: agent => forwardUpgrade({ req, res, socket, head }, agent),
      });
  }

  /** Begins a session with a ticket and shows the workspace. */
  #open(
    req: IncomingMessage,
    res: ServerResponse,
    { host, ticket }: { host: string; ticket: string },
  ): void {
    if (req.method !== 'GET' || req.headers.upgrade)
      return this.#refuse(req, res, notices.wrongMethod);
    const value = this.#options.sessions.redeem(host, ticket);
    // The address may be loaded again, such as from the history.
    if (value === undefined && !this.#sessionOf(req, host))
      return this.#refuse(req, res, notices.signedOut);
    const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax'];
    if (this.#hosts.isSecure) attributes.push('Secure');
    const cookie = [`${this.#cookie}=${value}`, ...attributes].join('; ');
    res
      .writeHead(302, {
        ...protection,
        location: home,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        ...(value !== undefined && { 'set-cookie': cookie }),
      })
      .end();
    return undefined;
  }

  /** Responds to a request whose connection to the pod failed. */
  #failed(
    req: IncomingMessage,
    res: ServerResponse,
    { error, session }: { error: Error; session: WorkspaceSession },
  ): void {
    if (res.headersSent || res.destroyed || req.socket.destroyed) {
      res.destroy();
      return;
    }
    const { log, state } = this.#options;
    const { name, tenant } = session.workspace;
    log.debug(
      `Can't reach workspace ${name} of tenant ${tenant}: ${error.message}`,
    );
    const reloads =
      !isNavigation(req) || this.#connections.get(session)?.reloads() === true;
    this.#refuse(req, res, noticeOf(error, state(session), reloads));
  }

  #crashed(res: ServerResponse, error: unknown): void {
    this.#options.log.error(
      'A request to a workspace failed',
      error instanceof Error ? error : new Error(String(error)),
    );
    res.destroy();
  }

  #sessionOf(
    { headers }: IncomingMessage,
    host: string,
  ): WorkspaceSession | undefined {
    for (const cookie of readCookies(headers, this.#cookie)) {
      const session = this.#options.sessions.find(host, cookie);
      if (session) return session;
    }
    return undefined;
  }

  #connectionsOf(session: WorkspaceSession): SessionConnections {
    const known = this.#connections.get(session);
    if (known) return known;
    const { connect } = this.#options;
    const connections = new SessionConnections(() => connect(session));
    this.#connections.set(session, connections);
    session.signal.addEventListener('abort', () => {
      this.#connections.delete(session);
      connections.destroy();
    });
    return connections;
  }

  #refuse(req: IncomingMessage, res: ServerResponse, notice: Notice): void {
    sendNotice(req, res, { notice, portalUrl: this.#portalUrl });
  }
}

/**
 * Creates the HTTP listener that shows workspaces in the browser, each on an origin of its own.
 *
 * @throws InputError for a base URL without a `*`
 */
export function createWorkspaceProxy(
  options: WorkspaceProxyOptions,
): WorkspaceProxy {
  return new DefaultWorkspaceProxy(options);
}

function ticketIn(query: string | undefined): string {
  return new URLSearchParams(query).get('ticket') ?? '';
}
