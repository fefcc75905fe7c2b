import type { ResourceClient, WatchFrame } from '../client';
import { isGone, KubeApiError, WatchFrameError } from '../errors';
import type { KubeObject } from '../objects';
import { Backoff, pause } from '../timing';

/** Where a reflector puts what it reads. */
export interface ReflectorSink<T> {
  put(object: T): void;
  remove(object: T): void;
  /** A complete list, already shrunk. */
  replace(objects: T[]): void;
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
  /** Milliseconds of silence after which a watch is taken for dead; 90 000 when absent. */
  idleTimeout?: number;
  onError: (error: unknown) => void;
  /** Told of each sign of life: a list, an opened watch, a frame. */
  onHeard: () => void;
  /** Told when the watch is open, and when it broke or could not be opened. */
  onConnected: (isConnected: boolean) => void;
}

/** The watch was silent for longer than the server's bookmarks allow. */
class SilentWatchError extends Error {
  constructor() {
    super('The watch was silent for too long and is opened again');
    this.name = 'SilentWatchError';
  }
}

/** Lists and watches one selection for ever, whatever happens to the connection. */
export class Reflector<T extends KubeObject> {
  readonly #options: ReflectorOptions<T>;
  readonly #backoff = new Backoff({ first: 500, most: 30_000 });
  /** Version from which the next watch goes on; empty when a list is needed. */
  #version = '';
  /** Cuts the present wait short. */
  #hurry = new AbortController();

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
  }

  /** Runs until the signal aborts; fulfils then, never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!this.#version) await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#recover(error, signal);
      }
    }
  }

  /** Tries again now instead of after the rest of a wait. */
  retryNow(): void {
    this.#hurry.abort();
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { resource, sink, namespace, labelSelector, fieldSelector } =
      this.#options;
    const objects: T[] = [];
    let version = '';
    const selection = { namespace, labelSelector, fieldSelector, signal };
    for await (const { items, resourceVersion } of resource.pages(selection)) {
      for (const item of items) objects.push(sink.shrink(item));
      version = resourceVersion;
      this.#options.onHeard();
    }
    if (signal.aborted) return;
    sink.replace(objects);
    this.#version = version;
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const {
      resource,
      namespace,
      labelSelector,
      fieldSelector,
      idleTimeout = 90_000,
    } = this.#options;
    const silence = new AbortController();
    const timer = setTimeout(
      () => silence.abort(new SilentWatchError()),
      idleTimeout,
    );
    const stop = () => silence.abort(signal.reason);
    signal.addEventListener('abort', stop);
    try {
      const frames = resource.watch({
        namespace,
        labelSelector,
        fieldSelector,
        resourceVersion: this.#version,
        // Spread, so that not all watches of a program end at the same moment.
        timeoutSeconds: 240 + Math.floor(Math.random() * 240),
        signal: silence.signal,
        onOpen: () => {
          timer.refresh();
          this.#options.onHeard();
          this.#options.onConnected(true);
        },
      });
      for await (const frame of frames) {
        timer.refresh();
        if (signal.aborted) return;
        this.#take(frame);
        this.#options.onHeard();
      }
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
    // A server that closes at once would otherwise be asked without pause.
    await pause(this.#backoff.spread(50), signal);
  }

  #take(frame: WatchFrame<T>): void {
    if (frame.type === 'ERROR') {
      throw new KubeApiError(frame.object.code ?? 500, frame.object);
    }
    this.#backoff.reset();
    if (frame.type === 'DELETED') this.#options.sink.remove(frame.object);
    else if (frame.type !== 'BOOKMARK') this.#options.sink.put(frame.object);
    this.#version = frame.object.metadata.resourceVersion ?? this.#version;
  }

  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    this.#hurry = new AbortController();
    // After 410 the version is of no use, after a broken frame something may have been missed.
    if (isGone(error) || error instanceof WatchFrameError) this.#version = '';
    // A watch that ended in order is opened again at once and counts as open meanwhile.
    if (!isGone(error)) this.#options.onConnected(false);
    if (error instanceof SilentWatchError) return;
    if (!isGone(error)) this.#options.onError(error);
    const asked = error instanceof KubeApiError ? error.retryAfter ?? 0 : 0;
    await pause(
      Math.max(asked * 1000, this.#backoff.next()),
      AbortSignal.any([signal, this.#hurry.signal]),
    );
  }
}
