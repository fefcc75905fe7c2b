import { SharedTask } from './SharedTask';

/** Tasks that are under way, by key: callers with the same key share one. */
export class SharedTasks<T> {
  readonly #tasks = new Map<string, SharedTask<T>>();

  /**
   * Waits for the result of a task that is under way, or starts it.
   *
   * @throws the reason of the signal; the error of the task
   */
  run(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const known = this.#tasks.get(key);
    if (known && !known.isAborted) return known.wait(signal);
    const task: SharedTask<T> = new SharedTask(async all => {
      try {
        return await start(all);
      } finally {
        if (this.#tasks.get(key) === task) this.#tasks.delete(key);
      }
    });
    this.#tasks.set(key, task);
    return task.wait(signal);
  }
}
