import { KubeApiError } from '../errors';
import type { Change, Informer } from '../informer';
import type { KubeObject } from '../objects';
import { WorkQueue, type RetryLimits } from '../queue';
import type { Logger } from './Logger';

/** What a reconciler asks for; nothing by default. */
export interface ReconcileResult {
  /** Milliseconds after which the key comes again. */
  requeueAfter?: number;
}

/** Makes the world as one object wants it. */
export type Reconcile = (
  key: string,
  context: { signal: AbortSignal },
) => Promise<ReconcileResult | void>;

/** Objects whose changes concern a controller. */
export interface Watch<T extends KubeObject = any> {
  informer: Informer<T>;
  /** Keys to reconcile when an object changed. */
  toKeys: (object: T, change: Change<T>) => string[];
}

/** How a reconciliation went, for metrics. */
export interface Observation {
  controller: string;
  result: 'success' | 'requeue_after' | 'error';
  seconds: number;
  /** Keys that wait after it. */
  depth: number;
}

/** Options of {@link Controller}. */
export interface ControllerOptions {
  name: string;
  watches: Watch[];
  reconcile: Reconcile;
  log: Logger;
  /** Keys worked on at a time; 1 when absent. */
  concurrency?: number;
  /** Milliseconds after which a reconciliation is aborted and counts as failed; 120 000 when absent. */
  timeout?: number;
  retry?: RetryLimits;
  observe?: (observation: Observation) => void;
}

/** Calls a reconciler for every key that a change concerns; failures only delay their own key. */
export class Controller {
  readonly #options: ControllerOptions;
  readonly #queue: WorkQueue;

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#queue = new WorkQueue(options.retry);
    for (const { informer, toKeys } of options.watches) {
      informer.onChange(change => this.#enqueue(toKeys, change));
    }
  }

  /** Asks for the reconciliation of a key. */
  enqueue(key: string): void {
    this.#queue.add(key);
  }

  /** Works from the moment all informers are synced until the signal aborts and all work ended. */
  async run(signal: AbortSignal): Promise<void> {
    const { watches, concurrency = 1 } = this.#options;
    const stop = () => this.#queue.close();
    signal.addEventListener('abort', stop);
    const aborted = new Promise<void>(resolve => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([
      Promise.all(watches.map(({ informer }) => informer.synced)),
      aborted,
    ]);
    if (signal.aborted) stop();
    await Promise.all(
      Array.from({ length: concurrency }, () => this.#work(signal)),
    );
    signal.removeEventListener('abort', stop);
  }

  #enqueue<T extends KubeObject>(
    toKeys: Watch<T>['toKeys'],
    change: Change<T>,
  ): void {
    const { object, previous } = change;
    const keys = [object, ...(previous ? [previous] : [])].flatMap(one =>
      toKeys(one, change),
    );
    for (const key of new Set(keys)) this.#queue.add(key);
  }

  async #work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const key = await this.#queue.take();
      if (key === undefined) return;
      const start = performance.now();
      const result = await this.#reconcile(key, signal);
      this.#queue.done(key);
      this.#options.observe?.({
        controller: this.#options.name,
        result,
        seconds: (performance.now() - start) / 1000,
        depth: this.#queue.depth,
      });
    }
  }

  async #reconcile(
    key: string,
    stop: AbortSignal,
  ): Promise<Observation['result']> {
    const { name, reconcile, log, timeout = 120_000 } = this.#options;
    const limit = new AbortController();
    const abort = () => limit.abort(stop.reason);
    const timer = setTimeout(
      () => limit.abort(new Error(`It took longer than ${timeout / 1000} s`)),
      timeout,
    );
    stop.addEventListener('abort', abort);
    try {
      const result = await orAborted(
        reconcile(key, { signal: limit.signal }),
        limit.signal,
      );
      this.#queue.forget(key);
      if (!result?.requeueAfter) return 'success';
      this.#queue.addAfter(key, result.requeueAfter);
      return 'requeue_after';
    } catch (error) {
      if (stop.aborted) return 'error';
      const { message } = error as Error;
      log.warn(`Reconciling ${key} failed: ${message}`, {
        controller: name,
        key,
      });
      const asked = error instanceof KubeApiError ? error.retryAfter ?? 0 : 0;
      this.#queue.addFailed(key, asked * 1000);
      return 'error';
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', abort);
    }
  }
}

// A reconciler that ignores its signal must not hold a worker for ever.
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
