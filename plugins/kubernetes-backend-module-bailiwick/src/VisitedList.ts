import { ServiceUnavailableError } from '@backstage/errors';
import type {
  Informer,
  KubeObject,
} from '@bailiwick/backstage-kube-controller';

/** A list that is watched for all who look at it, from the first look until nobody has looked for a while. */
export interface VisitedListOptions<T extends KubeObject> {
  /** Name of the kind, for sentences: `deployments`. */
  plural: string;
  /** Begins to watch. */
  follow(signal: AbortSignal): Informer<T>;
  /** Milliseconds after the last look at which watching ends. */
  idleMs: number;
  /** Milliseconds from the first look on that looks wait for the first list. */
  patienceMs?: number;
}

interface Visit<T extends KubeObject> {
  begunAt: number;
  informer: Informer<T>;
  stop: AbortController;
  /** Since when its watch is not open. */
  brokenAt?: number;
}

/** A watch is opened again within moments, as a rule. */
const brokenMs = 5_000;

/** Watches one kind while somebody looks. An idle list costs nothing. */
export class VisitedList<T extends KubeObject> {
  readonly #options: VisitedListOptions<T>;
  #visit?: Visit<T>;
  #idle?: NodeJS.Timeout;

  constructor(options: VisitedListOptions<T>) {
    this.#options = options;
  }

  /** Whether it is watched now. */
  get isWatched(): boolean {
    return this.#visit !== undefined;
  }

  /**
   * The list as it is now; the first look waits until it is complete.
   *
   * @throws ServiceUnavailableError when it is not complete in time; it may be later
   */
  async look(): Promise<Informer<T>> {
    const visit = (this.#visit ??= this.#begin());
    this.#stay();
    if (!visit.informer.isSynced) await this.#complete(visit);
    return visit.informer;
  }

  /** Why the list may be out of date, in a sentence; `undefined` while it is not. */
  staleness(): string | undefined {
    const { brokenAt } = this.#visit ?? {};
    if (brokenAt === undefined || Date.now() - brokenAt < brokenMs)
      return undefined;
    const seconds = Math.round((Date.now() - brokenAt) / 1_000);
    return `Changes of ${
      this.#options.plural
    } have not arrived for ${seconds} s. They catch up by themselves.`;
  }

  /** Ends watching; the next look begins anew. */
  leave(): void {
    clearTimeout(this.#idle);
    this.#visit?.stop.abort();
    this.#visit = undefined;
  }

  #begin(): Visit<T> {
    const stop = new AbortController();
    const visit: Visit<T> = {
      begunAt: Date.now(),
      informer: this.#options.follow(stop.signal),
      stop,
    };
    visit.informer.onConnection(() => {
      visit.brokenAt = visit.informer.isConnected ? undefined : Date.now();
    });
    return visit;
  }

  #stay(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.leave(), this.#options.idleMs).unref();
  }

  async #complete({ begunAt, informer }: Visit<T>): Promise<void> {
    const { patienceMs = 10_000, plural } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new ServiceUnavailableError(
              `The ${plural} could not be read yet. They show as soon as the cluster gives them.`,
            ),
          ),
        Math.max(0, begunAt + patienceMs - Date.now()),
      );
    });
    await Promise.race([informer.synced, tooLate]).finally(() =>
      clearTimeout(timer),
    );
  }
}
