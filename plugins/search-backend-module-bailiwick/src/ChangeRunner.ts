import type {
  LoggerService,
  SchedulerServiceTaskInvocationDefinition,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { createHash } from 'node:crypto';
import type { ListCollator } from './createCollators';

const debounceMs = 2_000;
const retryMs = 10_000;
/** Pause after an update, as a multiple of its duration: indexing uses at most 5 % of one CPU core. */
const pauseFactor = 19;

/**
 * Runs the indexing of one collator once the cluster is reachable, and again about 2 s after its documents change.
 * Indexing happens in memory and in this process, so the runner needs no lock between processes.
 */
export class ChangeRunner implements SchedulerServiceTaskRunner {
  readonly #collator: ListCollator;
  readonly #kubernetes: KubernetesService;
  readonly #logger: LoggerService;
  #pending?: NodeJS.Timeout;
  #isRunning = false;
  #isChanged = false;
  #indexed?: string;

  constructor(options: {
    factory: ListCollator;
    kubernetes: KubernetesService;
    logger: LoggerService;
  }) {
    this.#collator = options.factory;
    this.#kubernetes = options.kubernetes;
    this.#logger = options.logger;
  }

  /** Subscribes to the watched lists until the task's signal aborts. */
  async run(task: SchedulerServiceTaskInvocationDefinition): Promise<void> {
    const { apps, packs, requests, tenants } = this.#kubernetes.lists;
    const schedule = () => this.#schedule(task);
    const unsubscribe = [
      this.#kubernetes.onProgress(schedule),
      ...[apps, packs, requests, tenants].map(list => list.subscribe(schedule)),
    ];
    task.signal?.addEventListener('abort', () => {
      unsubscribe.forEach(stop => stop());
      clearTimeout(this.#pending);
    });
    schedule();
  }

  #schedule(
    task: SchedulerServiceTaskInvocationDefinition,
    wait = debounceMs,
  ): void {
    if (task.signal?.aborted) return;
    if (this.#isRunning) {
      this.#isChanged = true;
      return;
    }
    this.#pending ??= setTimeout(async () => {
      this.#pending = undefined;
      this.#isRunning = true;
      this.#isChanged = false;
      const start = performance.now();
      const next = await this.#index(task).catch(error => {
        this.#logger.error(
          `Indexing documents of type ${
            this.#collator.type
          } failed; retrying in ${retryMs / 1000} s`,
          error,
        );
        this.#isChanged = true;
        return retryMs;
      });
      this.#isRunning = false;
      const pause = (performance.now() - start) * pauseFactor;
      if (this.#isChanged)
        this.#schedule(task, next ?? Math.max(debounceMs, pause));
    }, wait).unref();
  }

  /** Indexes the documents if they differ from the indexed ones. */
  async #index(
    task: SchedulerServiceTaskInvocationDefinition,
  ): Promise<undefined> {
    if (!this.#kubernetes.progress().ready) return;
    const hash = createHash('sha256');
    for (const document of this.#collator.documents())
      hash.update(JSON.stringify(document));
    const digest = hash.digest('base64');
    if (digest === this.#indexed) return;
    await task.fn(task.signal ?? new AbortController().signal);
    this.#indexed = digest;
  }
}
