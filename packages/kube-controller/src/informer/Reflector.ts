import type { ResourceClient, WatchFrame } from '../client';
import {
  isGone,
  KubeApiError,
  SilentWatchError,
  WatchFrameError,
} from '../errors';
import { keyOf, type KubeObject } from '../objects';
import { Backoff, pause } from '../timing';
import { isNewer } from './versions';

/** A watch that was open for so many milliseconds broke by chance, not by its server's will. */
const steadyTime = 1000;

/** Where a reflector puts what it reads. */
export interface ReflectorSink<T> {
  put(object: T): void;
  remove(object: T): void;
  /** A complete list, already shrunk, and its version; older than the last if it was set back. */
  replace(objects: T[], version: string, wasSetBack: boolean): void;
  /** Everything up to this version was told. */
  advance(version: string): void;
  /** Makes an object smaller as soon as it arrives, so that a long list stays small. */
  shrink(object: T): T;
}

/** Options of {@link Reflector}. */
export interface ReflectorOptions<T extends KubeObject> {
  resource: ResourceClient<T>;
  sink: ReflectorSink<T>;
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  /** Reads only metadata. */
  metadataOnly?: boolean;
  /** Milliseconds of silence after which a watch is taken for dead; 90 000 when absent. */
  idleTimeout?: number;
  onError: (error: unknown) => void;
  /** Told of each sign of life: a list, an opened watch, a frame. */
  onHeard: () => void;
  /** Told when the watch is open, and when it broke or could not be opened. */
  onConnected: (isConnected: boolean) => void;
}

/**
 * Lists and watches one selection for ever, whatever happens to the connection. The list is
 * streamed (KEP-3157, WatchList) where the server can do that, else read in pages.
 */
export class Reflector<T extends KubeObject> {
  readonly #options: ReflectorOptions<T>;
  readonly #backoff = new Backoff({ first: 500, most: 30_000 });
  /** For watches that end in order, and too soon. */
  readonly #shortBackoff = new Backoff({ first: 100, most: 1000 });
  /** Version from which the next watch goes on; empty when a list is needed. */
  #version = '';
  #streamsLists = true;
  /** Whether the server turned out not to have come as far as our version. */
  #wasSetBack = false;
  /** Objects of a list that is being streamed, by key. */
  #initial: Map<string, T> | undefined;
  #isAskedToWait = false;
  /** Cuts the present wait short. */
  #hurry = new AbortController();

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
  }

  /** Runs until the signal aborts; fulfils then, never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Before the attempt, so that no hurry is lost while it fails.
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
   * Tries again now instead of after the rest of a wait.
   *
   * @param options - `patiently` leaves a wait alone that the server asked for (`Retry-After`)
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
        // Spread, so that not all watches of a program end at the same moment.
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
      // A quiet kind sends no frame that would tell so.
      if (performance.now() - openedAt > steadyTime) this.#calmDown();
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
    const wasUseless =
      frameCount === 0 && performance.now() - openedAt < steadyTime;
    // A server that closes at once would otherwise be asked without pause.
    await pause(
      wasUseless ? this.#shortBackoff.next() : this.#shortBackoff.spread(50),
      signal,
    );
  }

  #take(frame: WatchFrame<T>): void {
    if (frame.type === 'ERROR') {
      throw new KubeApiError(frame.object.code ?? 500, frame.object);
    }
    // A list that breaks off again and again is no progress, a change is.
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
    // What happens while the list is sent may come before its end.
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
    // What comes twice or in the wrong order was told already.
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
    // After 410 the version is of no use, after a broken frame something may have been missed.
    if (isFromTheFuture(error)) this.#wasSetBack = true;
    const isExpired = isGone(error) || isFromTheFuture(error);
    if (isExpired || error instanceof WatchFrameError) this.#version = '';
    // A watch that ended in order is opened again at once and counts as open meanwhile.
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

/** Whether a server does not know streamed lists. */
function cannotStream(error: unknown): boolean {
  return (
    error instanceof KubeApiError &&
    (error.status === 400 || error.status === 422)
  );
}

/** Whether the server has not come as far as our version, such as after it was restored. */
function isFromTheFuture(error: unknown): boolean {
  return (
    error instanceof KubeApiError &&
    error.details?.causes?.some(
      ({ reason }) => reason === 'ResourceVersionTooLarge',
    ) === true
  );
}
