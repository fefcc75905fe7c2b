import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { RequestObserver } from '../client';
import type { Controller, ControllerObserver } from '../controller';

const seconds = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

/**
 * Prometheus metrics under the names of controller-runtime, so that its dashboards and alerts fit
 * (controller-runtime `pkg/internal/controller/metrics`, client-go `workqueue` and `rest_client`).
 *
 * @public
 */
export class ControllerMetrics {
  /** For {@link KubeClientOptions.observe}: `rest_client_requests_total`. */
  readonly observeRequest: RequestObserver;
  readonly #registry: Registry;
  readonly #reconciles;
  readonly #errors;
  readonly #terminalErrors;
  readonly #seconds;
  readonly #activeWorkers;
  readonly #mostWorkers;
  readonly #depth;
  readonly #adds;
  readonly #retries;
  readonly #waiting;
  readonly #working;
  readonly #leading;

  constructor(registry: Registry) {
    this.#registry = registry;
    const registers = [registry];
    const counter = <L extends string>(
      name: string,
      help: string,
      ...labelNames: L[]
    ) => new Counter({ name, help, labelNames, registers });
    const gauge = <L extends string>(
      name: string,
      help: string,
      ...labelNames: L[]
    ) => new Gauge({ name, help, labelNames, registers });
    const histogram = <L extends string>(
      name: string,
      help: string,
      ...labelNames: L[]
    ) => new Histogram({ name, help, labelNames, registers, buckets: seconds });

    const requests = counter(
      'rest_client_requests_total',
      'Requests to the API server by status, method and host',
      'code',
      'method',
      'host',
    );
    const requestSeconds = histogram(
      'rest_client_request_duration_seconds',
      'Seconds until an answer began',
      'verb',
      'host',
    );
    this.observeRequest = ({ host, method, status, seconds: time }) => {
      requests.inc({ code: status ?? '<error>', method, host });
      requestSeconds.observe({ verb: method, host }, time);
    };
    const runtime = 'controller_runtime';
    this.#reconciles = counter(
      `${runtime}_reconcile_total`,
      'Reconciliations by result',
      'controller',
      'result',
    );
    this.#errors = counter(
      `${runtime}_reconcile_errors_total`,
      'Reconciliations that failed',
      'controller',
    );
    this.#terminalErrors = counter(
      `${runtime}_terminal_reconcile_errors_total`,
      'Reconciliations that failed for good',
      'controller',
    );
    this.#seconds = histogram(
      `${runtime}_reconcile_time_seconds`,
      'Length of reconciliations',
      'controller',
    );
    this.#activeWorkers = gauge(
      `${runtime}_active_workers`,
      'Reconciliations in progress',
      'controller',
    );
    this.#mostWorkers = gauge(
      `${runtime}_max_concurrent_reconciles`,
      'Maximum number of concurrent reconciliations',
      'controller',
    );
    this.#depth = gauge('workqueue_depth', 'Keys waiting in the queue', 'name');
    this.#adds = counter('workqueue_adds_total', 'Keys added', 'name');
    this.#retries = counter('workqueue_retries_total', 'Retries', 'name');
    this.#waiting = histogram(
      'workqueue_queue_duration_seconds',
      'Time that keys waited in the queue',
      'name',
    );
    this.#working = histogram(
      'workqueue_work_duration_seconds',
      'Time to process keys',
      'name',
    );
    this.#leading = gauge(
      'leader_election_master_status',
      'Whether this process is the leader',
      'name',
    );
  }

  /** Returns the observer of a controller, for {@link ControllerOptions.observer}. */
  observerFor(controller: string, concurrency = 1): ControllerObserver {
    const name = controller;
    this.#activeWorkers.set({ controller }, 0);
    this.#mostWorkers.set({ controller }, concurrency);
    this.#errors.inc({ controller }, 0);
    this.#depth.set({ name }, 0);
    return {
      started: () => this.#activeWorkers.inc({ controller }),
      ended: (result, time) => {
        this.#activeWorkers.dec({ controller });
        this.#reconciles.inc({ controller, result });
        this.#seconds.observe({ controller }, time);
        if (result.endsWith('error')) this.#errors.inc({ controller });
        if (result === 'terminal_error')
          this.#terminalErrors.inc({ controller });
      },
      queue: {
        added: depth => {
          this.#adds.inc({ name });
          this.#depth.set({ name }, depth);
        },
        retried: () => this.#retries.inc({ name }),
        taken: (time, depth) => {
          this.#waiting.observe({ name }, time);
          this.#depth.set({ name }, depth);
        },
        done: time => this.#working.observe({ name }, time),
      },
    };
  }

  /** Adds metrics that are read at scrape time: work in progress. */
  watch(controllers: readonly Controller[]): void {
    const registers = [this.#registry];
    const collected = (
      name: string,
      help: string,
      read: (unfinished: number[]) => number,
    ) =>
      new Gauge({
        name,
        help,
        labelNames: ['name'],
        registers,
        collect() {
          for (const { name: controller, queue } of controllers)
            this.set({ name: controller }, read(queue.unfinished));
        },
      });
    collected(
      'workqueue_unfinished_work_seconds',
      'Seconds of running work that the histogram does not include yet',
      unfinished => unfinished.reduce((sum, one) => sum + one, 0),
    );
    collected(
      'workqueue_longest_running_processor_seconds',
      'Seconds since the start of the longest-running work',
      unfinished => Math.max(0, ...unfinished),
    );
  }

  /** Sets whether this process holds a lease. */
  setLeading(name: string, isLeading: boolean): void {
    this.#leading.set({ name }, isLeading ? 1 : 0);
  }
}
