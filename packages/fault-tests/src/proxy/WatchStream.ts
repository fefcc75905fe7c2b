import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Asked } from './Passage';
import type { FrameFault } from './Rule';

/** A watch under way: passes frames on, line by line, through a fault. */
export class WatchStream {
  readonly asked: Asked;
  readonly #answer: ServerResponse;
  readonly #change: FrameFault;
  #isMute = false;

  constructor(
    asked: Asked,
    answer: ServerResponse,
    change: FrameFault = line => [line],
  ) {
    this.asked = asked;
    this.#answer = answer;
    this.#change = change;
  }

  /** Passes on until either side ends. */
  async follow(source: IncomingMessage): Promise<void> {
    this.#answer.on('close', () => source.destroy());
    let pending = '';
    source.setEncoding('utf8');
    try {
      for await (const chunk of source) {
        const lines = (pending + chunk).split('\n');
        pending = lines.pop() ?? '';
        for (const line of lines) await this.#pass(line);
      }
      this.#answer.end();
    } catch {
      this.#answer.destroy();
    }
  }

  /** Sends a line. */
  send(line: string): void {
    if (this.#isMute || !this.#answer.writable) return;
    this.#answer.write(`${line}\n`);
  }

  /** Sends nothing any more and keeps the connection, as a network does that lost the other side. */
  mute(): void {
    this.#isMute = true;
  }

  /** Closes the connection in the middle. */
  cut(): void {
    this.#answer.destroy();
  }

  /** Ends the answer in order, as the API server does after some minutes. */
  end(): void {
    this.#answer.end();
  }

  async #pass(line: string): Promise<void> {
    const send = (changed: string) => this.send(changed);
    for (const changed of await this.#change(line, send)) send(changed);
  }
}
