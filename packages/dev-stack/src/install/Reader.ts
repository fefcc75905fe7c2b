import { setTimeout as pause } from 'node:timers/promises';

/** Reads an address again and again, as a spreadsheet with many users would. */
export class Reader {
  readonly #address: string;
  readonly #headers: Record<string, string>;
  readonly #failures: string[] = [];
  #answered = 0;
  #isStopped = false;
  #ended = Promise.resolve();

  constructor(address: string, headers: Record<string, string>) {
    this.#address = address;
    this.#headers = headers;
  }

  start(): void {
    this.#ended = this.#read();
  }

  /** Ends after the present request. */
  async stop(): Promise<{ answered: number; failures: string[] }> {
    this.#isStopped = true;
    await this.#ended;
    return { answered: this.#answered, failures: this.#failures };
  }

  async #read(): Promise<void> {
    while (!this.#isStopped) {
      try {
        const response = await fetch(this.#address, { headers: this.#headers });
        const text = await response.text();
        if (response.ok) this.#answered += 1;
        else this.#failures.push(`${response.status} ${text}`);
      } catch (error) {
        const { cause, message } = error as Error;
        this.#failures.push(`${message}: ${cause}`);
      }
      await pause(50);
    }
  }
}
