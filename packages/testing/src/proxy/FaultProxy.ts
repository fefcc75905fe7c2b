import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import {
  createSecureServer,
  type Http2ServerRequest,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { answerFrom } from './answerFrom';
import { isCommitted, type Asked, type Passage } from './Passage';
import { readAsked } from './readAsked';
import { refuse } from './refuse';
import { Reply } from './Reply';
import type { Fault } from './Fault';
import { matches, type ActiveRule, type Rule } from './Rule';
import { RuleBook } from './RuleBook';
import { SeededRandom } from './SeededRandom';
import { Upstream } from './Upstream';
import { WatchStream } from './WatchStream';
import { Wire } from './Wire';
import { writeKubeconfig } from './writeKubeconfig';

/** A certificate for servers on loopback, and the authority that signed it, PEM. */
export interface Serving {
  cert: string;
  key: string;
  ca: string;
}

/** Options of {@link FaultProxy.start}. */
export interface FaultProxyOptions {
  /** In whose name requests are passed on. */
  kubeconfig: string;
  /** Folder for the kubeconfigs of the proxy itself. */
  folder: string;
  /** Speaks TLS with HTTP/2 and HTTP/1.1, as an API server does; plain HTTP/1.1 when absent. */
  serving?: Serving;
  /** Decides where rules have probabilities; 1 when absent. */
  seed?: number;
}

/** As many streams as an API server allows a connection. */
const maxConcurrentStreams = 100;

type Request = IncomingMessage | Http2ServerRequest;

/**
 * A proxy between clients and the API server that applies faults to requests by rules, and records every request.
 * Clients reach it on loopback; the proxy authenticates for them.
 */
export class FaultProxy {
  /** Every request, oldest first. */
  readonly passages: Passage[] = [];
  /** The connections of the clients. */
  readonly wire: Wire;
  /** Tokens of clients; must not be logged. */
  readonly tokens: string[] = [];
  readonly #upstream: Upstream;
  readonly #rules: RuleBook;
  readonly #server: Server;
  readonly #sessions: Set<ServerHttp2Session>;
  readonly #folder: string;
  readonly #serving: Serving | undefined;
  readonly #clients = new Map<string, string>();
  readonly #watches = new Set<WatchStream>();
  readonly #listeners = new Set<(passage: Passage) => void>();
  #kubeconfig: string | undefined;
  #inFlight = 0;
  #mostInFlight = 0;

  private constructor(
    { kubeconfig, folder, serving, seed = 1 }: FaultProxyOptions,
    listening: Listening,
    wire: Wire,
  ) {
    this.#upstream = new Upstream(kubeconfig);
    this.#rules = new RuleBook(new SeededRandom(seed));
    this.#folder = folder;
    this.#serving = serving;
    this.#server = listening.server;
    this.#sessions = listening.sessions;
    this.wire = wire;
    this.#server.on('request', (request: Request, answer) => {
      const reply = new Reply(answer);
      this.#serve(request, reply).catch(() => reply.cut());
    });
  }

  /** Starts on a free loopback port. */
  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const listening = await listen(options.serving);
    return new FaultProxy(options, listening, await Wire.to(listening.port));
  }

  /** Path of a kubeconfig that leads to the proxy. */
  get kubeconfig(): string {
    this.#kubeconfig ??= this.kubeconfigFor('client');
    return this.#kubeconfig;
  }

  /** Path of another kubeconfig; requests that come with it have this client's name. */
  kubeconfigFor(client: string): string {
    const { ca } = this.#serving ?? {};
    if (!ca)
      return writeKubeconfig(
        this.#folder,
        `http://127.0.0.1:${this.wire.port}`,
      );
    const token = randomUUID();
    this.tokens.push(token);
    this.#clients.set(`Bearer ${token}`, client);
    return writeKubeconfig(
      this.#folder,
      `https://127.0.0.1:${this.wire.port}`,
      { token },
      { 'certificate-authority-data': Buffer.from(ca).toString('base64') },
    );
  }

  /** Writes that the API server carried out, oldest first. */
  get writes(): Passage[] {
    return this.passages.filter(isCommitted);
  }

  /** Watches that are open now. */
  get watches(): Asked[] {
    return [...this.#watches].map(({ asked }) => asked);
  }

  /** Most requests that were under way at a time since this was last read; watches apart. */
  takeMostInFlight(): number {
    const most = this.#mostInFlight;
    this.#mostInFlight = this.#inFlight;
    return most;
  }

  /** Applies a fault to future requests. */
  add(rule: Rule): ActiveRule {
    return this.#rules.add(rule);
  }

  /** Sets a new seed for the probabilities of rules. */
  reseed(seed: number): void {
    this.#rules.reseed(seed);
  }

  /** Removes all rules. */
  clear(): void {
    this.#rules.clear();
  }

  /**
   * Registers a listener that is called for each write after the API server has done it, before the client's response.
   */
  onWrite(listener: (passage: Passage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Breaks open watches; returns their number. */
  cutWatches(which: Omit<Rule, 'fault'> = {}): number {
    return this.#each(which, watch => watch.cut());
  }

  /** Ends open watches in order, as the API server does from time to time. */
  endWatches(which: Omit<Rule, 'fault'> = {}): number {
    return this.#each(which, watch => watch.end());
  }

  /** Sends a frame of our own into open watches. */
  inject(frame: object, which: Omit<Rule, 'fault'> = {}): number {
    return this.#each(which, watch => watch.send(JSON.stringify(frame)));
  }

  /** Silences open watches, and nothing else on their connections. */
  muteWatches(which: Omit<Rule, 'fault'> = {}): number {
    return this.#each(which, watch => watch.mute());
  }

  async close(): Promise<void> {
    this.wire.goAway();
    this.#sessions.forEach(session => session.destroy());
    this.#server.close();
    this.#upstream.close();
  }

  #each(which: Omit<Rule, 'fault'>, act: (watch: WatchStream) => void): number {
    const rule: Rule = { ...which, fault: { type: 'refuse' } };
    const found = [...this.#watches].filter(({ asked }) =>
      matches(rule, asked),
    );
    found.forEach(act);
    return found.length;
  }

  async #serve(request: Request, reply: Reply) {
    const body = await read(request);
    const passage = this.#note(request, body);
    const fault = this.#rules.find(passage);
    passage.fault = fault?.type;
    this.passages.push(passage);
    this.#count(passage, reply);
    if (fault?.type === 'refuse') return void reply.cut();
    if (fault?.type === 'swallow') return undefined;
    if (fault?.type === 'answer') return refuse(reply, fault);
    if (fault?.type === 'answerFrom')
      return answerFrom(reply, passage.verb === 'watch', fault);
    if (fault?.type === 'delay') await pause(fault.milliseconds);
    return this.#pass(passage, fault, request, body, reply);
  }

  #note(request: Request, body: Buffer): Passage {
    const { headers, httpVersion, method = 'GET', url = '/' } = request;
    const asked = readAsked(method, url);
    return {
      at: performance.now(),
      protocol: httpVersion,
      client: this.#clients.get(headers.authorization ?? ''),
      ...(asked.resource === 'leases' && { holder: holderIn(body) }),
      ...asked,
    };
  }

  #count({ verb }: Passage, reply: Reply): void {
    if (verb === 'watch') return;
    this.#inFlight += 1;
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#inFlight);
    reply.onClose(() => {
      this.#inFlight -= 1;
    });
  }

  async #pass(
    passage: Passage,
    fault: Fault | undefined,
    { headers, method = 'GET', url: path = '/' }: Request,
    body: Buffer,
    reply: Reply,
  ): Promise<void> {
    const end = new AbortController();
    reply.onClose(() => end.abort());
    // A write in progress completes, although the client may be gone.
    const signal = isReading(passage)
      ? end.signal
      : new AbortController().signal;
    const asked = { method, path: paged(path, fault), headers, body, signal };
    const response = await this.#upstream.send(asked);
    const { statusCode = 502 } = response;
    passage.status = statusCode;
    passage.done = performance.now();
    if (passage.verb === 'watch' && statusCode < 400) {
      reply.begin(statusCode, response.headers);
      const change = fault?.type === 'frames' ? fault.change() : undefined;
      const watch = new WatchStream(passage, reply, change);
      this.#watches.add(watch);
      await watch.follow(response).finally(() => this.#watches.delete(watch));
      return;
    }
    if (isCommitted(passage))
      for (const listener of this.#listeners) listener(passage);
    if (fault?.type === 'loseResponse') {
      response.destroy();
      reply.cut();
      return;
    }
    reply.begin(statusCode, response.headers);
    for await (const chunk of response) reply.write(chunk);
    reply.end();
  }
}

interface Listening {
  server: Server;
  port: number;
  sessions: Set<ServerHttp2Session>;
}

async function listen(serving: Serving | undefined): Promise<Listening> {
  const settings = { maxConcurrentStreams };
  const server = serving
    ? createSecureServer({ ...serving, settings, allowHTTP1: true })
    : createServer();
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  // Whoever breaks a connection off does so on purpose here.
  server.on('sessionError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, port, sessions };
}

function holderIn(body: Buffer): string | undefined {
  if (body.length === 0) return undefined;
  return JSON.parse(body.toString('utf8')).spec?.holderIdentity;
}

function isReading({ verb }: Asked): boolean {
  return verb === 'get' || verb === 'list' || verb === 'watch';
}

function paged(path: string, fault: Fault | undefined): string {
  return fault?.type === 'pages'
    ? path.replace(/([?&]limit=)\d+/, `$1${fault.limit}`)
    : path;
}

async function read(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
