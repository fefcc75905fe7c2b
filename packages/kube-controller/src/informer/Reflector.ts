import type { ResourceClient, Selection, WatchFrame } from '../client';
import {
  isGone,
  KubeApiError,
  SilentWatchError,
  WatchFrameError,
} from '../errors';
import { keyOf, type KubeObject } from '../objects';
import { Backoff, pause } from '../timing';
import { isNewer } from './versions';

/** Milliseconds after which the end of a watch is not taken for a refusal of the server. */
const steadyTime = 1000;

/** Receiver of a reflector's objects. */
export interface ReflectorSink<T> {
  put(object: T): void;
  remove(object: T): void;
  /**
   * Receives a complete, reduced list and its version; older than the last if the server was set
   * back.
   */
  replace(objects: T[], version: string, wasSetBack: boolean): void;
  /** Receives the version up to which all changes were delivered. */
  advance(version: string): void;
  /** Reduces an object as soon as it arrives, to save memory during long lists. */
  shrink(object: T): T;
}

/** Options of {@link Reflector}. */
export interface ReflectorOptions<T extends KubeObject>
  extends Omit<Selection, 'signal'> {
  resource: ResourceClient<T>;
  sink: ReflectorSink<T>;
  /** Milliseconds without data after which a watch counts as broken; 90,000 by default. */
  idleTimeout?: number;
  onError: (error: unknown) => void;
  /** Called with each sign of life: a list, an opened watch, a frame. */
  onHeard: () => void;
  /** Called when the watch is open, and when it broke or could not be opened. */
  onConnected: (isConnected: boolean) => void;
}

/**
 * Lists and watches one selection until stopped, across connection failures. The list is streamed (KEP-3157, WatchList)
 * if supported, otherwise read in pages.
 */
export class Reflector<T extends KubeObject> {
  readonly #options: ReflectorOptions<T>;
  readonly #backoff = new Backoff({ first: 500, most: 30_000 });
  /** Back-off after watches that end regularly but too early. */
  readonly #shortBackoff = new Backoff({ first: 100, most: 1000 });
  /** Version from which the next watch starts; empty when a list is needed. */
  #version = '';
  #streamsLists = true;
  /** Whether the server is behind the known version. */
  #wasSetBack = false;
  /** Objects of a list that is being streamed, by key. */
  #initial: Map<string, T> | undefined;
  #isAskedToWait = false;
  /** Ends the present delay. */
  #hurry = new AbortController();

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
  }

  /** Runs until the signal aborts; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Before the attempt, so that a request to hurry is not lost while it fails.
      this.#hurry = new AbortController();
      try {
        if (!this.#version && !this.#streamsLists) await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#recover(error, signal);
      }
    }
  }

  /**
   * Retries now instead of after the rest of a delay.
   *
   * @param options - `patiently` respects a delay that the server asked for (`Retry-After`)
   */
  retryNow({ patiently = false } = {}): void {
    if (patiently && this.#isAskedToWait) return;
    this.#hurry.abort();
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { resource, sink, onHeard } = this.#options;
    const objects: T[] = [];
    let version = '';
    const pages = resource.pages({ ...this.#selection(), signal });
    for await (const { items, resourceVersion } of pages) {
      for (const item of items) objects.push(sink.shrink(item));
      version = resourceVersion;
      onHeard();
    }
    if (signal.aborted) return;
    this.#replace(objects, version);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { resource, idleTimeout = 90_000, onHeard } = this.#options;
    const silence = new AbortController();
    const timer = setTimeout(
      () => silence.abort(new SilentWatchError()),
      idleTimeout,
    );
    const stop = () => silence.abort(signal.reason);
    signal.addEventListener('abort', stop);
    this.#initial = this.#version ? undefined : new Map();
    let openedAt = Infinity;
    let frameCount = 0;
    try {
      const frames = resource.watch({
        ...this.#selection(),
        ...(this.#version
          ? { resourceVersion: this.#version }
          : { sendInitialEvents: true }),
        // With jitter, so that not all watches end at the same time.
        timeoutSeconds: 240 + Math.floor(Math.random() * 240),
        signal: silence.signal,
        onOpen: () => {
          openedAt = performance.now();
          timer.refresh();
          onHeard();
          this.#options.onConnected(true);
        },
      });
      for await (const frame of frames) {
        timer.refresh();
        if (signal.aborted) return;
        this.#take(frame);
        frameCount += 1;
        onHeard();
      }
    } finally {
      // A kind without changes sends no frames.
      if (performance.now() - openedAt > steadyTime) this.#calmDown();
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
    const wasUseless =
      frameCount === 0 && performance.now() - openedAt < steadyTime;
    // A server that closes at once would be retried in a tight loop otherwise.
    await pause(
      wasUseless ? this.#shortBackoff.next() : this.#shortBackoff.spread(50),
      signal,
    );
  }

  #take(frame: WatchFrame<T>): void {
    if (frame.type === 'ERROR') {
      throw new KubeApiError(frame.object.code ?? 500, frame.object);
    }
    // Only changes count as progress, not lists that break off repeatedly.
    if (this.#initial) this.#takeInitial(frame, this.#initial);
    else {
      this.#calmDown();
      this.#takeNext(frame);
    }
  }

  #calmDown(): void {
    this.#backoff.reset();
    this.#shortBackoff.reset();
  }

  #takeInitial({ type, object }: WatchFrame<T>, initial: Map<string, T>): void {
    // Changes during the list may arrive before its end.
    if (type === 'DELETED') initial.delete(keyOf(object));
    else if (type === 'ADDED' || type === 'MODIFIED')
      initial.set(keyOf(object), this.#options.sink.shrink(object));
    const { resourceVersion = '', annotations } = (object as T).metadata;
    if (type !== 'BOOKMARK' || !annotations?.['k8s.io/initial-events-end'])
      return;
    this.#initial = undefined;
    this.#replace([...initial.values()], resourceVersion);
  }

  #replace(objects: T[], version: string): void {
    this.#options.sink.replace(objects, version, this.#wasSetBack);
    this.#wasSetBack = false;
    this.#version = version;
  }

  #takeNext({ type, object }: WatchFrame<T>): void {
    const { sink } = this.#options;
    const { resourceVersion = this.#version } = (object as T).metadata;
    // Frames that are repeated or out of order were delivered already.
    if (!isNewer(resourceVersion, this.#version)) return;
    if (type === 'DELETED') sink.remove(sink.shrink(object));
    else if (type !== 'BOOKMARK' && type !== 'ERROR')
      sink.put(sink.shrink(object));
    sink.advance(resourceVersion);
    this.#version = resourceVersion;
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    const { onConnected, onError } = this.#options;
    if (!this.#version && this.#streamsLists && cannotStream(error)) {
      this.#streamsLists = false;
      return;
    }
    // After 410 the version is expired; after an invalid frame changes may have been missed.
    if (isFromTheFuture(error)) this.#wasSetBack = true;
    const isExpired = isGone(error) || isFromTheFuture(error);
    if (isExpired || error instanceof WatchFrameError) this.#version = '';
    // A watch that ended regularly is reopened at once and counts as open meanwhile.
    if (!isExpired) onConnected(false);
    if (error instanceof SilentWatchError) return;
    if (!isExpired) onError(error);
    const { retryAfter = 0 } = error instanceof KubeApiError ? error : {};
    this.#isAskedToWait = retryAfter > 0;
    await pause(
      Math.max(retryAfter * 1000, this.#backoff.next()),
      AbortSignal.any([signal, this.#hurry.signal]),
    );
    this.#isAskedToWait = false;
  }

  #selection() {
    const { namespace, labelSelector, fieldSelector, metadataOnly } =
      this.#options;
    return { namespace, labelSelector, fieldSelector, metadataOnly };
  }
}

/** Whether a server does not support streamed lists. */
function cannotStream(error: unknown): boolean {
  return (
    error instanceof KubeApiError &&
    (error.status === 400 || error.status === 422)
  );
}

/** Whether the server is behind the known version, such as after a restore. */
function isFromTheFuture(error: unknown): boolean {
  return (
    error instanceof KubeApiError &&
    error.details?.causes?.some(
      ({ reason }) => reason === 'ResourceVersionTooLarge',
    ) === true
  );
}
