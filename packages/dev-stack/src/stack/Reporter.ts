import { stderr } from 'node:process';

/** Tells what happens, each line with the seconds since the start. */
export class Reporter {
  readonly #startedAt: number;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** Seconds since the start, to one decimal. */
  seconds(): number {
    return Math.round((Date.now() - this.#startedAt) / 100) / 10;
  }

  say(text: string): void {
    stderr.write(`${this.seconds().toFixed(1).padStart(6)} s  ${text}\n`);
  }

  /** Runs a step and tells its beginning and its end. */
  async step<T>(title: string, run: () => Promise<T>): Promise<T> {
    this.say(`… ${title}`);
    const began = this.seconds();
    const result = await run();
    this.say(`✔ ${title} (${(this.seconds() - began).toFixed(1)} s)`);
    return result;
  }
}
