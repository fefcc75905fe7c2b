import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import type { Fault } from './faultOf';

/** A response, as metrics count it. */
export interface RecordedResponse {
  /** Pattern of the route, so that the number of series stays small. */
  route: string;
  status: number;
  /** Whose fault an error of the server is. */
  fault?: Fault;
  /** Time until the response was complete; absent for a stream, whose end is not its latency. */
  milliseconds?: number;
}

/** Prometheus metrics of the gateway. */
export class GatewayMetrics {
  readonly registry = new Registry();
  readonly #requests: Counter<'fault' | 'route' | 'status'>;
  readonly #seconds: Histogram<'route'>;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Counter({
      name: 'bailiwick_gateway_requests_total',
      help: 'Requests by route and status, and for status 500 and above, by whose fault it is.',
      labelNames: ['route', 'status', 'fault'],
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

  /** Counts a response. */
  record({ fault, milliseconds, route, status }: RecordedResponse): void {
    this.#requests.inc({ route, status, ...(fault && { fault }) });
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
