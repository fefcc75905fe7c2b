/** Runs tasks with the same key one after the other, in the order of their arrival. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs a task after the earlier ones of its key, also if they failed. @throws what the task throws */
  async take(key: string, task: () => Promise<void>): Promise<void> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const turn = before.then(task);
    const settled = turn.catch(() => {});
    this.#last.set(key, settled);
    await turn.finally(() => {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    });
  }
}
