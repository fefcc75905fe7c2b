import { isConflict, KubeApiError } from '../errors';
import type { Change, Informer } from '../informer';
import type { KubeObject } from '../objects';
import {
  WorkQueue,
  type Priority,
  type QueueObserver,
  type Rate,
  type RetryLimits,
} from '../queue';
import { reconciling } from '../reconciling';
import { onceAborted, withTimeLimit } from '../timing';
import type { Logger } from './Logger';
import { done, type ReconcileResult } from './results';

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

/** How a reconciliation ended; the words of controller-runtime's metrics. */
export type Outcome = 'success' | 'requeue_after' | 'error' | 'terminal_error';

/** Told how a controller works; for metrics. */
export interface ControllerObserver {
  queue?: QueueObserver;
  started?(): void;
  /** @param seconds - length of the reconciliation */
  ended?(outcome: Outcome, seconds: number): void;
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
  /**
   * Whose key it is; owners take turns, and none has more than half of the workers, so that a busy
   * one does not delay the others.
   */
  shardOf?: (key: string) => string;
  /**
   * How often one key may be reconciled, such as one that somebody edits without end. Of one owner
   * all such keys together come that often.
   */
  keyRate?: Rate;
  observer?: ControllerObserver;
}

/** Calls a reconciler for every key that a change concerns; failures only delay their own key. */
export class Controller {
  readonly #options: ControllerOptions;
  readonly #queue: WorkQueue;
  readonly #leave: (() => void)[];

  constructor(options: ControllerOptions) {
    const { concurrency = 1, retry, shardOf, keyRate, observer } = options;
    this.#options = options;
    this.#queue = new WorkQueue({
      retry,
      shardOf,
      // Work that hangs, such as questions to pods that do not answer, leaves room for others.
      perShard: shardOf && Math.ceil(concurrency / 2),
      keyRate,
      observer: observer?.queue,
    });
    this.#leave = options.watches.map(({ informer, toKeys }) =>
      informer.onChange(change => this.#enqueue(toKeys, change)),
    );
  }

  get name(): string {
    return this.#options.name;
  }

  /** The keys that wait. */
  get queue(): Pick<WorkQueue, 'depth' | 'unfinished'> {
    return this.#queue;
  }

  /** Asks for the reconciliation of a key. */
  enqueue(key: string, priority: Priority = 'change'): void {
    this.#queue.add(key, priority);
  }

  /** Asks for the reconciliation of everything that is in the copies, as at the beginning. */
  enqueueAll(): void {
    for (const { informer, toKeys } of this.#options.watches)
      for (const object of informer.list())
        this.#enqueue(toKeys, { type: 'added', object, isInitial: true });
  }

  /**
   * Works from the moment all informers are synced until the signal aborts and all work ended; nothing is
   * followed any more then.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { watches, concurrency = 1 } = this.#options;
    const synced = Promise.all(watches.map(({ informer }) => informer.synced));
    await Promise.race([synced, onceAborted(signal)]);
    const stop = () => this.#queue.close();
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    await Promise.all(
      Array.from({ length: concurrency }, () => this.#work(signal)),
    );
    signal.removeEventListener('abort', stop);
    for (const leave of this.#leave.splice(0)) leave();
  }

  #enqueue<T extends KubeObject>(
    toKeys: Watch<T>['toKeys'],
    change: Change<T>,
  ): void {
    const { object, previous, isInitial } = change;
    const keys = [object, ...(previous ? [previous] : [])].flatMap(one =>
      toKeys(one, change),
    );
    const own = reconciling.getStore();
    for (const key of new Set(keys)) {
      // Who writes something knows it; only others have to look.
      if (own?.controller === this.name && own.key === key) continue;
      this.#queue.add(key, isInitial ? 'resync' : 'change');
    }
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { observer } = this.#options;
    for (;;) {
      const key = await this.#queue.take();
      if (key === undefined) return;
      const start = performance.now();
      observer?.started?.();
      const outcome = await this.#reconcile(key, signal);
      observer?.ended?.(outcome, (performance.now() - start) / 1000);
      this.#queue.done(key);
    }
  }

  async #reconcile(key: string, stop: AbortSignal): Promise<Outcome> {
    const { name, reconcile, timeout = 120_000 } = this.#options;
    try {
      const result = await withTimeLimit(timeout, stop, signal =>
        reconciling.run({ controller: name, key, signal }, () =>
          reconcile(key, { signal }),
        ),
      );
      return this.#take(key, result ?? done);
    } catch (error) {
      if (stop.aborted) return 'error';
      this.#warn(key, error);
      const asked = error instanceof KubeApiError ? error.retryAfter ?? 0 : 0;
      this.#queue.addFailed(key, {
        atLeast: asked * 1000,
        isOwn: isConflict(error),
      });
      return 'error';
    }
  }

  #take(key: string, result: ReconcileResult): Outcome {
    this.#queue.forget(key);
    if (result.type === 'requeueAfter') {
      this.#queue.addAfter(key, result.milliseconds);
      return 'requeue_after';
    }
    if (result.type === 'done') return 'success';
    this.#warn(key, result.cause);
    return 'terminal_error';
  }

  #warn(key: string, error: unknown): void {
    const { name, log } = this.#options;
    const message = error instanceof Error ? error.message : String(error);
    log.warn(`Reconciling ${key} failed: ${message}`, {
      controller: name,
      key,
    });
  }
}
