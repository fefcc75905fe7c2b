import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerFrom } from './answerFrom';
import { isCommitted, type Asked, type Passage } from './Passage';
import { readAsked } from './readAsked';
import { matches, type ActiveRule, type Fault, type Rule } from './Rule';
import { RuleBook } from './RuleBook';
import { SeededRandom } from './SeededRandom';
import { Upstream } from './Upstream';
import { WatchStream } from './WatchStream';
import { writeKubeconfig } from './writeKubeconfig';

/** Options of {@link FaultProxy.start}. */
export interface FaultProxyOptions {
  /** In whose name requests are passed on. */
  kubeconfig: string;
  /** Folder for the kubeconfig of the proxy itself. */
  folder: string;
  /** Decides where rules have probabilities; 1 when absent. */
  seed?: number;
}

/**
 * Stands between one client and the API server, puts faults on requests by rules, and remembers
 * every request. The client speaks plain HTTP on loopback; the proxy logs in.
 */
export class FaultProxy {
  /** Every request, oldest first. */
  readonly passages: Passage[] = [];
  readonly #upstream: Upstream;
  readonly #rules: RuleBook;
  readonly #server = createServer();
  readonly #watches = new Set<WatchStream>();
  readonly #listeners = new Set<(passage: Passage) => void>();
  #kubeconfig = '';
  #inFlight = 0;
  #mostInFlight = 0;

  private constructor(upstream: Upstream, rules: RuleBook) {
    this.#upstream = upstream;
    this.#rules = rules;
    this.#server.on('request', (request, answer) => {
      this.#serve(request, answer).catch(() => answer.destroy());
    });
  }

  /** Starts on a free loopback port. */
  static async start({
    kubeconfig,
    folder,
    seed = 1,
  }: FaultProxyOptions): Promise<FaultProxy> {
    const rules = new RuleBook(new SeededRandom(seed));
    const proxy = new FaultProxy(new Upstream(kubeconfig), rules);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    const { port } = proxy.#server.address() as AddressInfo;
    proxy.#kubeconfig = writeKubeconfig(folder, `http://127.0.0.1:${port}`);
    return proxy;
  }

  /** Path of a kubeconfig that leads to the proxy. */
  get kubeconfig(): string {
    return this.#kubeconfig;
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

  /** Puts a fault on what comes from now on. */
  add(rule: Rule): ActiveRule {
    return this.#rules.add(rule);
  }

  /** Takes all rules away. */
  clear(): void {
    this.#rules.clear();
  }

  /** Told of each write when the API server has done it, before the client knows. */
  onWrite(listener: (passage: Passage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Breaks open watches; gives how many. */
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

  /** Lets open watches fall silent. */
  muteWatches(which: Omit<Rule, 'fault'> = {}): number {
    return this.#each(which, watch => watch.mute());
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
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

  async #serve(request: IncomingMessage, answer: ServerResponse) {
    const body = await read(request);
    const { method = 'GET', url = '/' } = request;
    const at = Math.round(performance.now());
    const passage: Passage = { at, ...readAsked(method, url) };
    const fault = this.#rules.find(passage);
    passage.fault = fault?.type;
    this.passages.push(passage);
    this.#count(passage, answer);
    if (fault?.type === 'refuse') return void answer.destroy();
    if (fault?.type === 'swallow') return undefined;
    if (fault?.type === 'answer') return refuse(answer, fault);
    if (fault?.type === 'answerFrom') {
      const asks = new URL(url, 'http://server').searchParams;
      return answerFrom(answer, asks.has('watch'), fault);
    }
    if (fault?.type === 'delay') await pause(fault.milliseconds);
    return this.#pass(passage, fault, request, body, answer);
  }

  #count({ verb }: Passage, answer: ServerResponse): void {
    if (verb === 'watch') return;
    this.#inFlight += 1;
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#inFlight);
    answer.on('close', () => {
      this.#inFlight -= 1;
    });
  }

  async #pass(
    passage: Passage,
    fault: Fault | undefined,
    { headers, method = 'GET', url: path = '/' }: IncomingMessage,
    body: Buffer,
    answer: ServerResponse,
  ): Promise<void> {
    const end = new AbortController();
    answer.on('close', () => end.abort());
    // A write that is under way is done, although the client may be gone.
    const signal = isReading(passage)
      ? end.signal
      : new AbortController().signal;
    const outgoing = {
      method,
      path: paged(path, fault),
      headers,
      body,
      signal,
    };
    const response = await this.#upstream.send(outgoing);
    const { statusCode = 502 } = response;
    passage.status = statusCode;
    if (passage.verb === 'watch' && statusCode < 400) {
      answer.writeHead(statusCode, response.headers).flushHeaders();
      const change = fault?.type === 'frames' ? fault.change() : undefined;
      const watch = new WatchStream(passage, answer, change);
      this.#watches.add(watch);
      await watch.follow(response).finally(() => this.#watches.delete(watch));
      return;
    }
    if (isCommitted(passage))
      for (const listener of this.#listeners) listener(passage);
    if (fault?.type === 'loseResponse') {
      response.destroy();
      answer.destroy();
      return;
    }
    answer.writeHead(statusCode, response.headers);
    response.pipe(answer);
  }
}

function isReading({ verb }: Asked): boolean {
  return verb === 'get' || verb === 'list' || verb === 'watch';
}

function paged(path: string, fault: Fault | undefined): string {
  return fault?.type === 'pages'
    ? path.replace(/([?&]limit=)\d+/, `$1${fault.limit}`)
    : path;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function refuse(
  answer: ServerResponse,
  { status, body, retryAfter }: Extract<Fault, { type: 'answer' }>,
): void {
  const head = { 'content-type': 'application/json' };
  answer
    .writeHead(status, {
      ...head,
      ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }),
    })
    .end(
      JSON.stringify({
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        code: status,
        message: `The fault proxy answers ${status}`,
        ...body,
      }),
    );
}

function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}
