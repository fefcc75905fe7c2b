import type { Pod } from '@bailiwick/backstage-kube-controller';
import {
  appOfLabel,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { setTimeout as pause } from 'node:timers/promises';
import { readCounters } from '../metrics/readCounters';
import { byAge, isReady } from '../pods';
import { PodUsage } from './PodUsage';
import type { UsageHistory, UsagePlace } from './UsageHistory';

/** Milliseconds from the start of one round to the next. */
const minuteMs = 60_000;
/** Milliseconds between two requests at least: five requests per second at most. */
const shortestGapMs = 200;
/** Pods of an app in an environment that are sampled at most, the newest first. */
export const mostPods = 5;
/** Longest time between two samples for which CPU is spread. */
const longestSpanMs = 15 * 60_000;

/** Options of {@link UsageCollector}. */
export interface UsageCollectorOptions {
  /** All pods of apps. */
  pods(): readonly Pod[];
  /** Returns the response of a pod at `/metrics`. */
  ask(pod: Pod): Promise<string>;
  /** Whether the cluster can be asked now. */
  isReady(): boolean;
  history: UsageHistory;
  /** Milliseconds between two requests at least; 200 by default. */
  gapMs?: number;
  /** Milliseconds from the start of one round to the next; a minute by default. */
  intervalMs?: number;
}

/**
 * Samples the pods of all apps once a minute, with or without viewers. The requests are spread over the minute; with
 * more than 300 pods a round takes longer, so that there are at most five requests per second.
 */
export class UsageCollector {
  readonly #options: UsageCollectorOptions;
  readonly #pods = new PodUsage();
  /** Time of the newest sample of each place. */
  readonly #sampledAt = new Map<string, number>();

  constructor(options: UsageCollectorOptions) {
    this.#options = options;
  }

  /**
   * Collects until the signal aborts.
   *
   * @param onError - called with the error of a round that failed; the next round begins on time
   */
  async run(
    signal: AbortSignal,
    onError: (error: Error) => void,
  ): Promise<void> {
    const { intervalMs = minuteMs } = this.#options;
    while (!signal.aborted) {
      const begin = Date.now();
      if (this.#options.isReady()) await this.sampleAll(signal).catch(onError);
      await pause(Math.max(0, begin + intervalMs - Date.now()), undefined, {
        ref: false,
        signal,
      }).catch(() => undefined);
    }
  }

  /** Samples all pods once; returns when the last one has responded. */
  async sampleAll(signal?: AbortSignal): Promise<void> {
    const places = placesOf(this.#options.pods());
    const count = places.reduce((sum, { pods }) => sum + pods.length, 0);
    const gapMs =
      this.#options.gapMs ?? Math.max(shortestGapMs, minuteMs / (count + 1));
    const samples: Promise<void>[] = [];
    for (const place of places) {
      if (signal?.aborted) break;
      samples.push(this.#sample(place));
      await pause(gapMs * place.pods.length, undefined, {
        ref: false,
        signal,
      }).catch(() => undefined);
    }
    await Promise.all(samples);
    this.#prune(Date.now());
  }

  async #sample({
    pods,
    ...place
  }: UsagePlace & { pods: Pod[] }): Promise<void> {
    const answers = await Promise.allSettled(
      pods.map(async pod => readCounters(await this.#options.ask(pod))),
    );
    const now = Date.now();
    const key = `${place.namespace}/${place.app}`;
    const before = this.#sampledAt.get(key) ?? now;
    const from = now - before > longestSpanMs ? now : before;
    const changes = answers.flatMap((answer, position) => {
      if (answer.status === 'rejected') return [];
      const pod = pods[position];
      const isNew = from < now && readySince(pod) >= from;
      const created = Date.parse(pod.metadata.creationTimestamp ?? '');
      return this.#pods.change(pod.metadata.uid ?? '', answer.value, {
        bornAt: isNew ? created : undefined,
        now,
      });
    });
    if (changes.length === 0) return;
    this.#sampledAt.set(key, now);
    this.#options.history.record(place, {
      from,
      to: now,
      cores: Math.max(...changes.map(({ cores }) => cores ?? 0)),
      memory: Math.max(...changes.map(one => one.memory ?? 0)),
    });
  }

  #prune(now: number): void {
    this.#pods.prune(now);
    for (const [key, at] of this.#sampledAt)
      if (now - at > longestSpanMs) this.#sampledAt.delete(key);
  }
}

/** Returns the apps with ready pods, each with its newest ones. */
function placesOf(all: readonly Pod[]): (UsagePlace & { pods: Pod[] })[] {
  const places = new Map<string, UsagePlace & { pods: Pod[] }>();
  for (const pod of all) {
    const { namespace = '', labels: own } = pod.metadata;
    const app = appOfLabel(own?.[labels.app] ?? '');
    if (!app || !isReady(pod)) continue;
    const key = `${namespace}/${app}`;
    const place = places.get(key);
    if (place) place.pods.push(pod);
    else places.set(key, { namespace, app, pods: [pod] });
  }
  return [...places.values()].map(place => ({
    ...place,
    pods: place.pods.sort(byAge).slice(0, mostPods),
  }));
}

/** Returns since when a pod has been ready, milliseconds since 1970. */
function readySince({ status }: Pod): number {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return Date.parse(ready?.lastTransitionTime ?? '') || 0;
}
