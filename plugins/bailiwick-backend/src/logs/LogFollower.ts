import {
  KubeApiError,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import type {
  LogLine,
  LogMessage,
  LogView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { setTimeout as pause } from 'node:timers/promises';
import type { LogSelection } from './logQuery';
import { linesFrom, type LogSource } from './LogSource';
import { byTime } from './NewestLines';

/** Milliseconds for which lines of several pods are gathered, and put in the order of their time. */
const gatherMs = 150;
/** Lines that are buffered; a busier program is read more slowly. */
const mostGathered = 1_000;
/** Milliseconds after which a log that ended is looked at again. */
const againMs = 1_000;

/** Options of {@link LogFollower}. */
export interface LogFollowerOptions {
  client: KubeClient;
  selection: LogSelection;
  /** Lines read so far. */
  first: LogView;
  /** Present containers, the youngest first. */
  sources(): LogSource[];
  /** Of how many of these logs are read at most. */
  most: number;
  /** Calls back when that may be something else. */
  onChange(listener: () => void): () => void;
  /** Fulfilled when more can be sent. */
  send(message: LogMessage): Promise<void>;
  signal: AbortSignal;
}

/** Follows the logs of pods that come and go, and merges them. */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  /** Time of the newest line, by source. */
  readonly #last = new Map<string, string>();
  /** Sources that are being read, and how that ends. */
  readonly #open = new Map<string, AbortController>();
  /** Runs of containers that were read to their end. */
  readonly #ended = new Set<string>();
  #gathered: LogLine[] = [];
  #told = new Set<string>();
  #failure: unknown;

  constructor(options: LogFollowerOptions) {
    this.#options = options;
  }

  /** Sends existing and then new lines until the signal aborts. @throws the error that stops it before */
  async run(): Promise<void> {
    const { first, onChange, send, signal, sources } = this.#options;
    for (const line of first.lines) this.#last.set(keyOf(line), line.at);
    this.#told = new Set(sources().map(({ pod }) => pod));
    await send({ type: 'start', ...first });
    const stop = onChange(() => this.#look());
    try {
      this.#look();
      while (!signal.aborted && !this.#failure) {
        await pause(gatherMs);
        const gathered = this.#gathered;
        this.#gathered = [];
        if (gathered.length > 0)
          await send({ type: 'lines', lines: byTime(gathered) });
      }
    } finally {
      stop();
    }
    if (this.#failure) throw this.#failure;
  }

  /** Starts to read new containers, stops the excess ones, and reports which pods came and went. */
  #look(): void {
    const { most, selection, send, signal, sources } = this.#options;
    if (signal.aborted) return;
    const found = sources();
    const pods = new Set(found.map(({ pod }) => pod));
    const came = [...pods].filter(pod => !this.#told.has(pod));
    const went = [...this.#told].filter(pod => !pods.has(pod));
    this.#told = pods;
    if (came.length + went.length > 0)
      send({
        type: 'pods',
        came,
        went,
        notes: truncationNotes(found, most),
      }).catch(error => {
        this.#failure ??= error;
      });
    if (selection.previous) return;
    const shown = found.slice(0, most);
    const keys = new Set(shown.map(keyOf));
    for (const [key, reading] of this.#open)
      if (!keys.has(key)) reading.abort();
    for (const source of shown) {
      const key = keyOf(source);
      if (this.#open.has(key) || this.#ended.has(runOf(source))) continue;
      const reading = new AbortController();
      this.#open.set(key, reading);
      this.#follow(source, AbortSignal.any([signal, reading.signal]))
        .catch(error => {
          // Other failures are retried, or the container is deleted.
          if (error instanceof KubeApiError && error.status === 403)
            this.#failure ??= error;
        })
        .finally(() => {
          this.#open.delete(key);
          setTimeout(() => this.#look(), againMs).unref();
        });
    }
  }

  async #follow(source: LogSource, signal: AbortSignal): Promise<void> {
    const { client, selection } = this.#options;
    const key = keyOf(source);
    const lines = linesFrom(client, source, {
      follow: true,
      tail: selection.tail,
      since: selection.since,
      after: this.#last.get(key),
      signal,
    });
    for await (const line of lines) {
      this.#last.set(key, line.at);
      this.#gathered.push(line);
      // Back-pressure: a slow client slows down reading from the node.
      while (this.#gathered.length >= mostGathered && !signal.aborted)
        await pause(gatherMs);
    }
    if (!source.isRunning) this.#ended.add(runOf(source));
  }
}

/** Returns notes about omitted containers. */
export function truncationNotes(sources: LogSource[], most: number): string[] {
  const left = sources.length - most;
  return left > 0
    ? [
        `Showing logs of the ${most} newest containers; ${left} more are hidden.`,
      ]
    : [];
}

function keyOf({ container, pod }: { container: string; pod: string }): string {
  return `${pod}/${container}`;
}

function runOf(source: LogSource): string {
  return `${keyOf(source)}/${source.restarts}`;
}
