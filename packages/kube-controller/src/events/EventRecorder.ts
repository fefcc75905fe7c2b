import { createHash, randomBytes } from 'node:crypto';
import type { KubeClient } from '../client';
import { ignoreAlreadyExists, isNotFound } from '../errors';
import type { KubeObject, ResourceType } from '../objects';

/** The newer events API, which has series; the core API shows the same objects. */
const events: ResourceType = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  plural: 'events',
  scope: 'Namespaced',
};

/** Content of an event. @public */
export interface Occurrence {
  type: 'Normal' | 'Warning';
  /** CamelCase reason. */
  reason: string;
  /** CamelCase action. */
  action: string;
  /** One sentence, at most 1,024 bytes. */
  note: string;
}

interface Series {
  name: string;
  count: number;
  /** When it was last written, milliseconds since the epoch. */
  writtenAt: number;
}

/** Options of {@link EventRecorder}. @public */
export interface EventRecorderOptions {
  client: KubeClient;
  /** Name of the controller, such as `bailiwick.dev/operator`. */
  controller: string;
  /** Name of this process. */
  instance: string;
  onError?: (error: unknown) => void;
  now?: () => Date;
}

/** Milliseconds within which repetitions are only counted, not written. */
const quietTime = 60_000;
/** Milliseconds after which a repetition is a new event. */
const seriesTime = 6 * 60_000;
/** Maximum number of remembered series. */
const mostSeries = 1000;
const longestNote = 1024;

/**
 * Records events (`events.k8s.io/v1`). Repetitions of an event become a series that is written at
 * most once a minute, so that a failing key does not flood the server.
 *
 * @public
 */
export class EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #series = new Map<string, Series>();

  constructor(options: EventRecorderOptions) {
    this.#options = options;
  }

  /**
   * Records an event; never fails and never blocks long, as an event must not fail a
   * reconciliation.
   */
  async record(object: KubeObject, occurrence: Occurrence): Promise<void> {
    const { onError = () => {}, now = () => new Date() } = this.#options;
    const { type, reason, action, note } = occurrence;
    const identity = [object.metadata.uid, type, reason, action, note].join();
    const known = this.#series.get(identity);
    const time = now();
    try {
      if (!known || time.getTime() - known.writtenAt > seriesTime) {
        await this.#create(identity, object, occurrence, time);
        return;
      }
      known.count += 1;
      if (time.getTime() - known.writtenAt < quietTime) return;
      await this.#count(object, known, time);
    } catch (error) {
      // A failed event is written the next time.
      this.#series.delete(identity);
      if (!isNotFound(error)) onError(error);
    }
  }

  /**
   * Records an event unless one with the same identity exists.
   *
   * @param identity - distinguishes the events of an object, also after a restart
   * @throws KubeApiError, KubeConnectionError, and the reason of an aborted signal
   */
  async recordOnce(
    object: KubeObject,
    occurrence: Occurrence,
    identity: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const { now = () => new Date() } = this.#options;
    const hash = createHash('sha256').update(identity).digest('hex');
    const name = `${object.metadata.name.slice(0, 200)}.${hash.slice(0, 16)}`;
    await this.#write(name, object, occurrence, now(), signal).catch(
      ignoreAlreadyExists,
    );
  }

  async #create(
    identity: string,
    object: KubeObject,
    occurrence: Occurrence,
    time: Date,
  ): Promise<void> {
    const suffix = randomBytes(8).toString('hex');
    const name = `${object.metadata.name.slice(0, 200)}.${suffix}`;
    // Before the response, so that concurrent repetitions count.
    this.#remember(identity, { name, count: 1, writtenAt: time.getTime() });
    await this.#write(name, object, occurrence, time);
  }

  async #write(
    eventName: string,
    object: KubeObject,
    { note, ...occurrence }: Occurrence,
    time: Date,
    signal?: AbortSignal,
  ): Promise<void> {
    const { client, controller, instance } = this.#options;
    const { apiVersion, kind, metadata } = object;
    const { name, uid } = metadata;
    const event = {
      apiVersion: events.apiVersion,
      kind: events.kind,
      metadata: { name: eventName, namespace: namespaceFor(object) },
      eventTime: toMicroTime(time),
      reportingController: controller,
      reportingInstance: instance.slice(0, 128),
      ...occurrence,
      note: cut(note),
      regarding: {
        apiVersion,
        kind,
        name,
        uid,
        namespace: metadata.namespace,
      },
    };
    await client.resource(events).create(event, { signal });
  }

  async #count(object: KubeObject, series: Series, time: Date): Promise<void> {
    series.writtenAt = time.getTime();
    const { name, count } = series;
    await this.#options.client
      .resource(events)
      .patch(
        name,
        { series: { count, lastObservedTime: toMicroTime(time) } },
        { namespace: namespaceFor(object) },
      );
  }

  #remember(identity: string, series: Series): void {
    this.#series.delete(identity);
    this.#series.set(identity, series);
    const [oldest] = this.#series.keys();
    if (this.#series.size > mostSeries) this.#series.delete(oldest);
  }
}

/** Events of cluster-wide objects live in `default`. */
function namespaceFor({ metadata }: KubeObject): string {
  return metadata.namespace ?? 'default';
}

/** Truncates a text to 1,024 bytes. */
function cut(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= longestNote) return text;
  // A character that was cut becomes U+FFFD and is dropped.
  return bytes
    .subarray(0, longestNote)
    .toString()
    .replace(/\uFFFD+$/, '');
}

function toMicroTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
