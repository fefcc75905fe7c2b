import { isConflict, KubeApiError } from '../errors';
import type { Change, Informer } from '../informer';
import type { KubeObject } from '../objects';
import {
  WorkQueue,
  type Priority,
  type QueueObserver,
  type Rate,
} from '../queue';
import { reconciling } from '../reconciling';
import { onceAborted, withTimeLimit } from '../timing';
import type { Logger } from './Logger';
import { done, type ReconcileResult } from './results';
import { traceReconcile } from './traceReconcile';

/** Reconciles one key. @public */
export type Reconcile = (
  key: string,
  context: { signal: AbortSignal },
) => Promise<ReconcileResult | void>;

/** Objects whose changes trigger reconciliations. @public */
export interface Watch<T extends KubeObject = any> {
  informer: Informer<T>;
  /** Keys to reconcile when an object changed. */
  toKeys: (object: T, change: Change<T>) => string[];
  /**
   * Whether work starts before this informer has synced, for a kind that the API server may not have. `reconcile` must do
   * without its objects until then.
   */
  isOptional?: boolean;
}

/** Outcome of a reconciliation, as in the metrics of controller-runtime. @public */
export type Outcome = 'success' | 'requeue_after' | 'error' | 'terminal_error';

/** Observes a controller; for metrics. @public */
export interface ControllerObserver {
  queue?: QueueObserver;
  started?(): void;
  /** @param seconds - length of the reconciliation */
  ended?(outcome: Outcome, seconds: number): void;
}

/** Options of {@link Controller}. @public */
export interface ControllerOptions {
  name: string;
  watches: Watch[];
  reconcile: Reconcile;
  log: Logger;
  /** Number of keys reconciled concurrently; 1 by default. */
  concurrency?: number;
  /**
   * Milliseconds after which a reconciliation is aborted and counts as failed; 120,000 by default.
   */
  timeout?: number;
  /**
   * Returns the owner of a key. Owners are served in turn, and none has more than half of the
   * workers, so that a busy one does not delay the others.
   */
  shardOf?: (key: string) => string;
  /**
   * Rate limit of each key, for objects that are edited endlessly. The keys of an owner that
   * exceed it share it.
   */
  keyRate?: Rate;
  observer?: ControllerObserver;
}

/** Reconciles every key that a change concerns; failures delay only their own key. @public */
export class Controller {
  readonly #options: ControllerOptions;
  readonly #queue: WorkQueue;
  readonly #leave: (() => void)[];

  constructor(options: ControllerOptions) {
    const { concurrency = 1, shardOf, keyRate, observer } = options;
    this.#options = options;
    this.#queue = new WorkQueue({
      shardOf,
      // Hanging work, such as requests to unresponsive pods, leaves workers for others.
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

  /** The work queue. */
  get queue(): Pick<WorkQueue, 'depth' | 'unfinished'> {
    return this.#queue;
  }

  /** Enqueues a key. */
  enqueue(key: string, priority: Priority = 'change'): void {
    this.#queue.add(key, priority);
  }

  /** Enqueues all keys of cached objects, as at the start. */
  enqueueAll(): void {
    for (const { informer, toKeys } of this.#options.watches)
      for (const object of informer.list())
        this.#enqueue(toKeys, { type: 'added', object, isInitial: true });
  }

  /**
   * Reconciles from the sync of all informers that are not optional until the signal aborts and all work has ended;
   * changes are ignored from then on.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { watches, concurrency = 1 } = this.#options;
    const synced = Promise.all(
      watches
        .filter(({ isOptional }) => !isOptional)
        .map(({ informer }) => informer.synced),
    );
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
      // A reconciliation is not triggered by its own writes.
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
      const outcome = await traceReconcile(this.name, key, () =>
        this.#reconcile(key, signal),
      );
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
