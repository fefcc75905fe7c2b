import { ServiceUnavailableError } from '@backstage/errors';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  Informer,
  KubeObject,
} from '@bailiwick/backstage-kube-controller';

/** Options of an {@link OnDemandInformer}. */
export interface OnDemandInformerOptions<T extends KubeObject> {
  /** Name of the kind in messages: `deployments`. */
  plural: string;
  /** Starts to watch. */
  watch(signal: AbortSignal): Informer<T>;
  /** Milliseconds from the last use until the watch is closed. */
  idleMs: number;
  /** Milliseconds that the first uses wait for the initial list. */
  timeoutMs?: number;
}

interface Session<T extends KubeObject> {
  startedAt: number;
  informer: Informer<T>;
  stop: AbortController;
  /** Since when its watch is not open. */
  brokenAt?: number;
}

/** Grace period for a watch to reconnect. */
const brokenMs = 5_000;

/** An informer that all readers share, and that watches only while someone reads. */
export class OnDemandInformer<T extends KubeObject> {
  readonly #options: OnDemandInformerOptions<T>;
  #session?: Session<T>;
  #idle?: NodeJS.Timeout;

  constructor(options: OnDemandInformerOptions<T>) {
    this.#options = options;
  }

  /**
   * Returns the informer; the first use waits until it has synced.
   *
   * @throws ServiceUnavailableError when it has not synced in time
   */
  async use(): Promise<Informer<T>> {
    const session = (this.#session ??= this.#start());
    this.#postponeStop();
    if (!session.informer.isSynced) await this.#waitForSync(session);
    return session.informer;
  }

  /** Returns why the list may be stale, `undefined` while it is not. */
  staleness(): string | undefined {
    const { brokenAt } = this.#session ?? {};
    if (brokenAt === undefined || Date.now() - brokenAt < brokenMs)
      return undefined;
    const seconds = Math.round((Date.now() - brokenAt) / 1_000);
    return `Changes of ${
      this.#options.plural
    } are ${seconds} s late. They update automatically.`;
  }

  /** Closes the watch; the next use opens another. */
  stop(): void {
    clearTimeout(this.#idle);
    this.#session?.stop.abort();
    this.#session = undefined;
  }

  #start(): Session<T> {
    const stop = new AbortController();
    const session: Session<T> = {
      startedAt: Date.now(),
      informer: this.#options.watch(stop.signal),
      stop,
    };
    session.informer.onConnection(() => {
      session.brokenAt = session.informer.isConnected ? undefined : Date.now();
    });
    return session;
  }

  #postponeStop(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), this.#options.idleMs).unref();
  }

  async #waitForSync({ startedAt, informer }: Session<T>): Promise<void> {
    const { timeoutMs = 10_000, plural } = this.#options;
    const left = Math.max(0, startedAt + timeoutMs - Date.now());
    const settled = new AbortController();
    const isLate = await Promise.race([
      informer.synced.then(() => false),
      pause(left, true, { signal: settled.signal }),
    ]).finally(() => settled.abort());
    if (isLate)
      throw new ServiceUnavailableError(
        `The ${plural} can't be read yet. They appear when the cluster responds.`,
      );
  }
}
