import {
  KubeConnectionError,
  type Informer,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { Staleness } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { setTimeout as sleep } from 'node:timers/promises';

const intervalMs = 3_000;
/** Timeout of one check. */
const timeoutMs = 4_000;
/** A slow server counts as reachable if data arrived from it within this time. */
const graceMs = 5_000;

/** The part of an informer that reports its connection. */
type MonitoredInformer = Pick<
  Informer<any>,
  'type' | 'isConnected' | 'lastHeard' | 'onConnection' | 'retryNow'
>;

/**
 * Monitors whether the API server responds and all watches are open. Open watches are not sufficient: a quiet server
 * and a frozen one look the same.
 */
export class ClusterHealthMonitor {
  readonly #client: KubeClient;
  readonly #onChange: () => void;
  readonly #followed: MonitoredInformer[] = [];
  #wake = new AbortController();
  #heard = Date.now();
  #why: string | undefined;
  #since = 0;
  /** Informers whose watch was closed at the last check. */
  #broken: MonitoredInformer[] = [];

  constructor(options: { client: KubeClient; onChange: () => void }) {
    this.#client = options.client;
    this.#onChange = options.onChange;
  }

  /** Adds an informer; a break of its watch triggers a check at once. */
  follow(informer: MonitoredInformer): void {
    this.#followed.push(informer);
    informer.onConnection(() => this.#wake.abort());
  }

  /** Returns the time and reason since which the lists may be stale, `undefined` while they are current. */
  staleness(): Staleness | undefined {
    if (!this.#why) return undefined;
    return {
      who: 'cluster',
      since: new Date(this.#since).toISOString(),
      age: Math.max(0, Math.round((Date.now() - this.#since) / 1_000)),
      why: this.#why,
    };
  }

  /** Checks periodically until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const before = this.#why;
      await this.#check(signal);
      if (signal.aborted) return;
      if (before !== this.#why) this.#onChange();
      const woken = AbortSignal.any([signal, this.#wake.signal]);
      await sleep(intervalMs, undefined, { ref: false, signal: woken }).catch(
        () => {},
      );
    }
  }

  async #check(signal: AbortSignal): Promise<void> {
    const brokenBefore = this.#broken;
    try {
      await this.#client.request({
        path: '/readyz',
        timeout: timeoutMs,
        signal,
      });
    } catch (error) {
      const isRecent = Date.now() - this.#lastHeard() < graceMs;
      if (isRecent && !this.#why && isSlow(error)) return;
      this.#broken = this.#followed;
      this.#markStale(reasonOf(error), this.#lastHeard());
      return;
    }
    this.#heard = Date.now();
    this.#broken = this.#followed.filter(({ isConnected }) => !isConnected);
    for (const informer of this.#broken) informer.retryNow();
    const still = this.#broken.filter(each => brokenBefore.includes(each));
    if (still.length === 0) {
      this.#why = undefined;
      return;
    }
    const names = still.map(({ type }) => type.plural).join(', ');
    this.#markStale(
      `No updates of ${names} are received.`,
      Math.min(...still.map(({ lastHeard }) => lastHeard ?? this.#heard)),
    );
  }

  #markStale(why: string, since: number): void {
    if (!this.#why) this.#since = since;
    this.#why = why;
  }

  #lastHeard(): number {
    const signs = this.#followed.map(({ lastHeard = 0 }) => lastHeard);
    return Math.max(this.#heard, ...signs);
  }
}

function codeOf({ cause }: KubeConnectionError): string {
  return (cause as { code?: string } | undefined)?.code ?? '';
}

/** Whether the server may only be busy, and does not refuse connections. */
function isSlow(error: unknown): boolean {
  return (
    !(error instanceof KubeConnectionError) ||
    codeOf(error).endsWith('_TIMEOUT')
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof KubeConnectionError))
    return 'The API server is not ready.';
  const code = codeOf(error);
  if (code === 'UND_ERR_HEADERS_TIMEOUT')
    return `The API server did not respond within ${timeoutMs / 1_000} s.`;
  // A stopped server does not even accept connections when its queue is full.
  return isSlow(error)
    ? 'The API server did not respond in time.'
    : `The API server can't be reached${code && ` (${code})`}.`;
}
