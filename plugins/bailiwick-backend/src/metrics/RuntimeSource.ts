import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { MetricsView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { Pod } from '@bailiwick/backstage-kube-controller';
import { emptyView, type MetricsSource } from './MetricsSampler';
import {
  quantile,
  readCounters,
  since,
  sumOf,
  type Counters,
} from './readCounters';

/** Pods that are scraped at most, the youngest first. */
const mostPods = 20;

/** Options of {@link RuntimeSource}. */
export interface RuntimeSourceOptions {
  /** Pods that answer, the youngest first. */
  pods(): Pod[];
  /** Returns the response of a pod at `/metrics`. */
  ask(pod: Pod): Promise<string>;
  /** Milliseconds between two samples. */
  interval: number;
  /** Milliseconds for which samples are kept. */
  kept: number;
}

/** Change of a pod's counters within a number of milliseconds. */
interface Change extends Counters {
  milliseconds: number;
}

/** Scrapes the pods of an app and keeps the samples. */
export class RuntimeSource implements MetricsSource {
  readonly #options: RuntimeSourceOptions;
  #view: MetricsView;
  #before = new Map<string, { at: number; counters: Counters }>();
  #commits = '';
  #sampledAt = 0;

  constructor(options: RuntimeSourceOptions) {
    this.#options = options;
    this.#view = emptyView('runtime', options);
  }

  async sample(): Promise<MetricsView> {
    const { ask, interval, kept, pods } = this.#options;
    const all = pods();
    const asked = all.slice(0, mostPods);
    const answers = await Promise.allSettled(asked.map(ask));
    const now = Date.now();
    // Counts over a longer time belong to no single minute.
    const before = new Map(
      [...this.#before].filter(([, { at }]) => now - at < 2.5 * interval),
    );
    const isFirst = before.size === 0;
    this.#before = new Map();
    const use: MetricsView['use'] = [];
    const changes: Change[] = [];
    answers.forEach((answer, at) => {
      const { creationTimestamp, name } = asked[at].metadata;
      const old = before.get(name);
      if (answer.status === 'rejected') {
        if (old) this.#before.set(name, old);
        return;
      }
      const counters = readCounters(answer.value);
      this.#before.set(name, { at: now, counters });
      // Counts of a pod from before the first viewer belong to no single minute.
      const isNew =
        !isFirst && !(Date.parse(creationTimestamp ?? '') < this.#sampledAt);
      if (old || isNew)
        changes.push({
          ...since(counters, old?.counters),
          milliseconds: old ? now - old.at : interval,
        });
      use.push(useOf(name, counters, old, now));
    });
    this.#sampledAt = now;
    const silent = answers.filter(({ status }) => status === 'rejected').length;
    const notes = [
      ...(silent > 0
        ? [`${silent} of ${asked.length} pods did not respond.`]
        : []),
      ...(all.length > mostPods
        ? [`Only the ${mostPods} newest of ${all.length} pods are sampled.`]
        : []),
    ];
    const from = new Date(now - kept).toISOString();
    const at = new Date(now).toISOString();
    const point = pointOf(changes, at);
    const { points } = this.#view;
    this.#view = {
      ...this.#view,
      points: (changes.length > 0 ? [...points, point] : points).filter(
        one => one.at > from,
      ),
      markers: this.#marked(all, at).filter(one => one.at > from),
      use,
      notes,
    };
    return this.#view;
  }

  /** Notes when other code answers than before. */
  #marked(pods: Pod[], at: string): MetricsView['markers'] {
    const running = pods.flatMap(
      ({ metadata }) => metadata.labels?.[labels.commit] ?? [],
    );
    const commits = [...new Set(running)].sort();
    const now = commits.join(' ');
    const before = this.#commits;
    if (now) this.#commits = now;
    const { markers } = this.#view;
    return before && now && now !== before
      ? [...markers, { at, commits }]
      : markers;
  }
}

function pointOf(changes: Change[], at: string): MetricsView['points'][number] {
  const sum = sumOf(changes);
  const perMinute = (what: 'calls' | 'errors' | 'rows') => {
    const rates = changes.map(one => (one[what] * 60_000) / one.milliseconds);
    const rate = rates.reduce((all, one) => all + one, 0);
    return Math.round(rate * 100) / 100;
  };
  return {
    at,
    calls: perMinute('calls'),
    errors: perMinute('errors'),
    rows: perMinute('rows'),
    ...(sum.ended > 0 && {
      mean: sum.seconds / sum.ended,
      p95: quantile(sum, 0.95),
    }),
  };
}

function useOf(
  pod: string,
  { calls, cpu, memory, running }: Counters,
  old: { at: number; counters: Counters } | undefined,
  now: number,
): MetricsView['use'][number] {
  const before = old?.counters.cpu;
  const isKnown = cpu !== undefined && before !== undefined && cpu >= before;
  const seconds = old ? (now - old.at) / 1000 : 0;
  return {
    pod,
    calls,
    memory,
    running,
    ...(isKnown && seconds > 0 && { cores: (cpu - before) / seconds }),
  };
}
