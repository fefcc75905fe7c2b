import { stderr } from 'node:process';

/** Writes lines with the seconds since the start. */
export class Reporter {
  readonly #startedAt: number;
  readonly #end: AbortSignal | undefined;

  /** @param end - after it, nothing is written */
  constructor(startedAt: number, end?: AbortSignal) {
    this.#startedAt = startedAt;
    this.#end = end;
  }

  /** Returns a reporter with the same clock that falls silent when a signal aborts. */
  until(end: AbortSignal): Reporter {
    return new Reporter(this.#startedAt, end);
  }

  /** Seconds since the start, to one decimal. */
  seconds(): number {
    return Math.round((Date.now() - this.#startedAt) / 100) / 10;
  }

  say(text: string): void {
    if (this.#end?.aborted) return;
    stderr.write(`${this.seconds().toFixed(1).padStart(6)} s  ${text}\n`);
  }

  /** Runs a step, which can report details, and reports its start and end. */
  async step<T>(
    title: string,
    run: (report: (detail: string) => void) => Promise<T>,
  ): Promise<T> {
    this.say(`… ${title}`);
    const began = this.seconds();
    const result = await run(detail => this.say(`… ${title} – ${detail}`));
    this.say(`✔ ${title} (${(this.seconds() - began).toFixed(1)} s)`);
    return result;
  }
}
