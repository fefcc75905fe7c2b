import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';

/** Prometheus metrics of the gateway. */
export class GatewayMetrics {
  readonly registry = new Registry();
  readonly #requests: Counter<'route' | 'status'>;
  readonly #seconds: Histogram<'route'>;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Counter({
      name: 'bailiwick_gateway_requests_total',
      help: 'Requests by route and status.',
      labelNames: ['route', 'status'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'bailiwick_gateway_request_duration_seconds',
      help: 'Duration of requests until the response is complete.',
      labelNames: ['route'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
  }

  /**
   * Counts a response.
   *
   * @param route - pattern of the route, so that the number of series stays small
   * @param milliseconds - time until the response was complete; absent for a stream, whose end is not its latency
   */
  record(route: string, status: number, milliseconds?: number): void {
    this.#requests.inc({ route, status });
    if (milliseconds === undefined) return;
    this.#seconds.observe({ route }, milliseconds / 1000);
  }

  /** Shows the open streams, and the calls that they share, whenever the metrics are read. */
  showStreams(figures: () => { streams: number; calls: number }): void {
    this.#show('streams', 'Open streams.', () => figures().streams);
    this.#show(
      'stream_calls',
      'Running calls of functions, which streams share.',
      () => figures().calls,
    );
  }

  #show(name: string, help: string, read: () => number): void {
    const gauge = new Gauge({
      name: `bailiwick_gateway_${name}`,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    this.registry.registerMetric(gauge);
  }
}
