import type { MetricsView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { emptyView, type MetricsSource } from './MetricsSampler';
import type { Prometheus, Samples } from './Prometheus';
import { errorsOfReaders } from './readCounters';

/** Options of {@link PrometheusSource}. */
export interface PrometheusSourceOptions {
  prometheus: Prometheus;
  namespace: string;
  app: string;
  /** Returns the times of deployments, from the app's history. */
  markers(): MetricsView['markers'];
  /** Milliseconds between two samples. */
  interval: number;
  /** Milliseconds that are shown. */
  kept: number;
  /** Asked when Prometheus does not answer, or does not know the app. */
  otherwise: MetricsSource;
}

/** Reads the metrics of an app's pods from Prometheus, including those from before the page was opened. */
export class PrometheusSource implements MetricsSource {
  readonly #options: PrometheusSourceOptions;
  #last: MetricsView | undefined;

  constructor(options: PrometheusSourceOptions) {
    this.#options = options;
  }

  async sample(): Promise<MetricsView> {
    const { otherwise } = this.#options;
    const asked = await this.#ask().catch((error: Error) => error);
    if (!(asked instanceof Error)) {
      this.#last = asked ?? this.#last;
      if (asked) return asked;
      return noted(
        await otherwise.sample(),
        'Prometheus has no samples of this app yet.',
      );
    }
    const note = `Prometheus can't be queried: ${asked.message}.`;
    // Its message of a moment ago is more informative than the new attempt.
    return noted(this.#last ?? (await otherwise.sample()), note);
  }

  /** Nothing when Prometheus does not know the app. */
  async #ask(): Promise<MetricsView | undefined> {
    const { interval, kept, markers } = this.#options;
    const use = await this.#use();
    const points = await this.#points();
    if (points.length === 0 && use.length === 0) return undefined;
    const from = new Date(Date.now() - kept).toISOString();
    return {
      ...emptyView('prometheus', { interval, kept }),
      points,
      markers: markers().filter(({ at }) => at > from),
      use,
    };
  }

  async #points(): Promise<MetricsView['points']> {
    const { interval, kept, prometheus } = this.#options;
    const step = interval / 1000;
    // The same instants each time, so that a chart does not tremble.
    const to = Math.floor(Date.now() / interval) * step;
    const span = { from: to - kept / 1000, to, step };
    const perMinute = (name: string, type?: string) =>
      prometheus.range(`60 * sum(${this.#rate(name, type)})`, span);
    const time = 'bailiwick_call_duration_seconds';
    const [calls, errors, rows, mean, p95] = await Promise.all([
      perMinute('bailiwick_calls_total'),
      perMinute('bailiwick_call_errors_total', `type!~"${errorsOfReaders}"`),
      perMinute('bailiwick_rows_total'),
      prometheus.range(
        `sum(${this.#rate(`${time}_sum`)}) / sum(${this.#rate(
          `${time}_count`,
        )})`,
        span,
      ),
      prometheus.range(
        `histogram_quantile(0.95, sum by (le) (${this.#rate(
          `${time}_bucket`,
        )}))`,
        span,
      ),
    ]);
    const at = (samples: Samples) => new Map(samples);
    const [errorsAt, rowsAt, meanAt, p95At] = [errors, rows, mean, p95].map(at);
    return calls.map(([instant, value]) => ({
      at: instant,
      calls: rounded(value),
      errors: rounded(errorsAt.get(instant) ?? 0),
      rows: rounded(rowsAt.get(instant) ?? 0),
      ...(meanAt.has(instant) && { mean: meanAt.get(instant) }),
      ...(p95At.has(instant) && { p95: p95At.get(instant) }),
    }));
  }

  async #use(): Promise<MetricsView['use']> {
    const { prometheus } = this.#options;
    const [memory, cores] = await Promise.all([
      prometheus.byPod(`process_resident_memory_bytes${this.#pods()}`),
      prometheus.byPod(this.#rate('process_cpu_seconds_total')),
    ]);
    return [...memory].map(([pod, bytes]) => ({
      pod,
      memory: bytes,
      ...(cores.has(pod) && { cores: cores.get(pod) }),
    }));
  }

  #rate(name: string, matcher?: string): string {
    return `rate(${name}${this.#pods(matcher)}[${
      this.#options.prometheus.window
    }])`;
  }

  /** Names of apps and namespaces hold nothing that has a meaning in PromQL. */
  #pods(matcher?: string): string {
    const { app, namespace, prometheus } = this.#options;
    const { matchers } = prometheus;
    const pods = `namespace="${namespace}",pod=~"${app}-[a-z0-9]+-[a-z0-9]{5}"`;
    return `{${[matchers, matcher, pods].filter(Boolean).join(',')}}`;
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function noted(view: MetricsView, note: string): MetricsView {
  return { ...view, notes: [note, ...view.notes] };
}
