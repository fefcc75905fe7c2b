import { setTimeout as pause } from 'node:timers/promises';
import { CommandError } from '../CommandError';

const pollMs = 500;

/** Step of a test, which has to happen before the end of the test. */
interface Awaited {
  /** What has not happened yet, as a sentence without a full stop. */
  problem: string;
  /** What to look at next. */
  remedy: string;
}

/** Waits for states of the cluster, up to one common time limit. */
export class Waiter {
  readonly #end: number;
  readonly #signal: AbortSignal;

  /** @param signal - ends all waits early */
  constructor(seconds: number, signal: AbortSignal) {
    this.#end = Date.now() + seconds * 1_000;
    this.#signal = signal;
  }

  /**
   * Repeats a question until it is answered.
   *
   * @param ask - throws while the state is another; a CommandError is final
   * @throws CommandError with the last error, or when the signal is aborted
   */
  async until<T>(
    { problem, remedy }: Awaited,
    ask: () => Promise<T>,
  ): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (error instanceof CommandError) throw error;
        if (this.#signal.aborted)
          throw new CommandError(
            'The test was interrupted.',
            'Run helm test again.',
          );
        if (Date.now() >= this.#end)
          throw new CommandError(
            `${problem}: ${(error as Error).message}`,
            remedy,
          );
      }
      await pause(pollMs, undefined, { signal: this.#signal }).catch(() => {});
    }
  }
}
