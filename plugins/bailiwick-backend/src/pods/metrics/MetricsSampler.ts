import { labels } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { MetricsView } from '@bailiwick/backstage-plugin-bailiwick-common';
import type { Pod } from '@bailiwick/backstage-kube-controller';
import {
  quantile,
  readCounters,
  since,
  sumOf,
  type Counters,
} from './readCounters';

/** Pods that are asked at most; those that began last. */
const mostPods = 20;

/** What a {@link MetricsSampler} needs. */
export interface MetricsSamplerOptions {
  /** Pods that answer, the youngest first. */
  pods(): Pod[];
  /** What a pod tells at `/metrics`. */
  ask(pod: Pod): Promise<string>;
  /** Milliseconds between two samples. */
  interval: number;
  /** Milliseconds for which samples are kept. */
  kept: number;
}

/** Samples what the pods of an app count, once for all who look, and only while somebody does. */
export class MetricsSampler {
  readonly #options: MetricsSamplerOptions;
  readonly #viewers = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #isSampling = false;
  #points: MetricsView['points'] = [];
  #markers: MetricsView['markers'] = [];
  #use: MetricsView['use'] = [];
  #notes: string[] = [];
  #before = new Map<string, { at: number; counters: Counters }>();
  #commits = '';
  #lastSeen = Date.now();

  constructor(options: MetricsSamplerOptions) {
    this.#options = options;
  }

  /** Whether nobody looks, and nobody did for as long as samples are kept. */
  get isStale(): boolean {
    return (
      this.#viewers.size === 0 &&
      Date.now() - this.#lastSeen > this.#options.kept
    );
  }

  view(): MetricsView {
    return {
      seconds: this.#options.interval / 1000,
      points: this.#points,
      markers: this.#markers,
      use: this.#use,
      notes: this.#notes,
    };
  }

  /** Samples until the returned function is called by the last who looks. */
  watch(listener: () => void): () => void {
    this.#viewers.add(listener);
    if (!this.#timer) {
      this.#timer = setInterval(() => this.#tick(), this.#options.interval);
      this.#tick();
    }
    return () => {
      this.#viewers.delete(listener);
      this.#lastSeen = Date.now();
      if (this.#viewers.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  #tick(): void {
    if (this.#isSampling) return;
    this.#isSampling = true;
    this.#sample().finally(() => {
      this.#isSampling = false;
      for (const tell of this.#viewers) tell();
    });
  }

  async #sample(): Promise<void> {
    const { ask, interval, kept, pods } = this.#options;
    const all = pods();
    const asked = all.slice(0, mostPods);
    const answers = await Promise.allSettled(asked.map(ask));
    const now = Date.now();
    const isFirst = this.#before.size === 0;
    const before = this.#before;
    this.#before = new Map();
    this.#use = [];
    const changes: Counters[] = [];
    answers.forEach((answer, at) => {
      if (answer.status === 'rejected') return;
      const { metadata } = asked[at];
      const counters = readCounters(answer.value);
      const old = before.get(metadata.name);
      this.#before.set(metadata.name, { at: now, counters });
      // What a pod counted before anybody looked is nobody's minute.
      if (old || !isFirst) changes.push(since(counters, old?.counters));
      this.#use.push(useOf(metadata.name, counters, old, now));
    });
    const silent = answers.filter(({ status }) => status === 'rejected').length;
    this.#notes = [
      ...(silent > 0
        ? [`${silent} of ${asked.length} pods did not answer.`]
        : []),
      ...(all.length > mostPods
        ? [`The ${mostPods} youngest of ${all.length} pods are counted.`]
        : []),
    ];
    const from = new Date(now - kept).toISOString();
    this.#mark(all, new Date(now).toISOString());
    const point = pointOf(changes, new Date(now).toISOString(), interval);
    const points = changes.length > 0 ? [...this.#points, point] : this.#points;
    this.#points = points.filter(({ at }) => at > from);
    this.#markers = this.#markers.filter(({ at }) => at > from);
  }

  /** Notes when other code answers than before. */
  #mark(pods: Pod[], at: string): void {
    const running = pods.flatMap(
      ({ metadata }) => metadata.labels?.[labels.commit] ?? [],
    );
    const commits = [...new Set(running)].sort();
    const now = commits.join(' ');
    if (this.#commits && now && now !== this.#commits)
      this.#markers = [...this.#markers, { at, commits }];
    if (now) this.#commits = now;
  }
}

function pointOf(
  changes: Counters[],
  at: string,
  interval: number,
): MetricsView['points'][number] {
  const sum = sumOf(changes);
  const perMinute = (count: number) =>
    Math.round((count * 60_000 * 100) / interval) / 100;
  return {
    at,
    calls: perMinute(sum.calls),
    errors: perMinute(sum.errors),
    rows: perMinute(sum.rows),
    ...(sum.ended > 0 && {
      mean: sum.seconds / sum.ended,
      p95: quantile(sum, 0.95),
    }),
  };
}

function useOf(
  pod: string,
  { cpu, memory }: Counters,
  old: { at: number; counters: Counters } | undefined,
  now: number,
): MetricsView['use'][number] {
  const before = old?.counters.cpu;
  const isKnown = cpu !== undefined && before !== undefined && cpu >= before;
  const seconds = old ? (now - old.at) / 1000 : 0;
  return {
    pod,
    memory,
    ...(isKnown && seconds > 0 && { cores: (cpu - before) / seconds }),
  };
}
