import {
  KubeConnectionError,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type { Staleness } from '@bailiwick/backstage-plugin-bailiwick-common';
import { setTimeout as sleep } from 'node:timers/promises';

const intervalMs = 3_000;
/** A server that answers nothing for so long counts as away. */
const patienceMs = 4_000;

/** The part of an informer that tells whether it follows the server. */
export interface Followed {
  readonly type: { plural: string };
  readonly isConnected: boolean;
  readonly lastHeard: number | undefined;
  onConnection(listener: () => void): () => void;
  retryNow(): void;
}

/**
 * Finds out whether the API server answers and all watches are open. An open watch alone does not
 * tell: a quiet server and a frozen one look the same.
 */
export class ClusterPulse {
  readonly #client: KubeClient;
  readonly #onChange: () => void;
  readonly #followed: Followed[] = [];
  #wake = new AbortController();
  #heard = Date.now();
  #why: string | undefined;
  #since = 0;
  /** Lists whose watch was not open at the last beat. */
  #broken: Followed[] = [];

  constructor(options: { client: KubeClient; onChange: () => void }) {
    this.#client = options.client;
    this.#onChange = options.onChange;
  }

  /** Counts a list in; a break of its watch is looked into at once. */
  follow(informer: Followed): void {
    this.#followed.push(informer);
    informer.onConnection(() => this.#wake.abort());
  }

  /** Since when and why what is shown may be out of date; `undefined` while it is not. */
  staleness(): Staleness | undefined {
    if (!this.#why) return undefined;
    return {
      since: new Date(this.#since).toISOString(),
      age: Math.max(0, Math.round((Date.now() - this.#since) / 1_000)),
      why: this.#why,
    };
  }

  /** Beats until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const before = this.#why;
      await this.#beat(signal);
      if (signal.aborted) return;
      if (before !== this.#why) this.#onChange();
      const woken = AbortSignal.any([signal, this.#wake.signal]);
      await sleep(intervalMs, undefined, { ref: false, signal: woken }).catch(
        () => {},
      );
    }
  }

  async #beat(signal: AbortSignal): Promise<void> {
    const brokenBefore = this.#broken;
    try {
      await this.#client.request({
        path: '/readyz',
        timeout: patienceMs,
        signal,
      });
    } catch (error) {
      this.#broken = this.#followed;
      this.#fall(reasonOf(error), this.#lastSign());
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
    this.#fall(
      `Changes of ${names} do not arrive.`,
      Math.min(...still.map(({ lastHeard }) => lastHeard ?? this.#heard)),
    );
  }

  #fall(why: string, since: number): void {
    if (!this.#why) this.#since = since;
    this.#why = why;
  }

  #lastSign(): number {
    const signs = this.#followed.map(({ lastHeard = 0 }) => lastHeard);
    return Math.max(this.#heard, ...signs);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof KubeConnectionError)) {
    return 'The API server answers that it is not ready.';
  }
  const { code } = (error.cause ?? {}) as { code?: string };
  return code === 'UND_ERR_HEADERS_TIMEOUT'
    ? `The API server did not answer within ${patienceMs / 1_000} s.`
    : `The API server cannot be reached${code ? ` (${code})` : ''}.`;
}
