import type { MetricsView } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Source of an app's metrics. */
export interface MetricsSource {
  /** Returns the current metrics. */
  sample(): Promise<MetricsView>;
}

/** Returns metrics without values. */
export function emptyView(
  source: MetricsView['source'],
  { interval, kept }: { interval: number; kept: number },
): MetricsView {
  return {
    source,
    seconds: interval / 1000,
    minutes: kept / 60_000,
    points: [],
    markers: [],
    use: [],
    notes: [],
  };
}

/** Options of {@link MetricsSampler}. */
export interface MetricsSamplerOptions {
  source: MetricsSource;
  /** Metrics before the first sample. */
  empty: MetricsView;
  /** Milliseconds between two samples. */
  interval: number;
  /** Milliseconds for which samples are kept. */
  kept: number;
}

/** Samples the metrics of an app once for all viewers, and only while there are any. */
export class MetricsSampler {
  readonly #options: MetricsSamplerOptions;
  readonly #viewers = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #sampling: Promise<void> | undefined;
  #sampledAt = 0;
  #view: MetricsView;
  #lastSeen = Date.now();

  constructor(options: MetricsSamplerOptions) {
    this.#options = options;
    this.#view = options.empty;
  }

  /** Whether there are no viewers, and were none for as long as samples are kept. */
  get isStale(): boolean {
    return (
      this.#viewers.size === 0 &&
      Date.now() - this.#lastSeen > this.#options.kept
    );
  }

  view(): MetricsView {
    return this.#view;
  }

  /** Samples until the last viewer calls the returned function. */
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

  /** Samples now, unless that was done a moment ago. */
  async sampleOnce(): Promise<void> {
    if (Date.now() - this.#sampledAt >= this.#options.interval)
      await this.#sample();
  }

  #tick(): void {
    this.#sample()
      .catch(error => {
        // Viewers see the failure; the next sample may succeed.
        const notes = [`Metrics can't be read: ${error}.`];
        this.#view = { ...this.#view, notes };
      })
      .finally(() => {
        for (const tell of this.#viewers) tell();
      });
  }

  /** Takes one sample at a time, shared by all viewers. */
  #sample(): Promise<void> {
    this.#sampling ??= this.#options.source
      .sample()
      .then(view => {
        this.#view = view;
        this.#sampledAt = Date.now();
        this.#lastSeen = this.#sampledAt;
      })
      .finally(() => {
        this.#sampling = undefined;
      });
    return this.#sampling;
  }
}
