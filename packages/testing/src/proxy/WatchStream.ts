import type { IncomingMessage } from 'node:http';
import type { Asked } from './Passage';
import type { Reply } from './Reply';
import type { FrameFault } from './Fault';

/** A watch under way: passes frames on, line by line, through a fault. */
export class WatchStream {
  readonly asked: Asked;
  readonly #reply: Reply;
  readonly #change: FrameFault;
  #isMute = false;

  constructor(asked: Asked, reply: Reply, change: FrameFault = line => [line]) {
    this.asked = asked;
    this.#reply = reply;
    this.#change = change;
  }

  /** Passes on until either side ends. */
  async follow(source: IncomingMessage): Promise<void> {
    this.#reply.onClose(() => source.destroy());
    let pending = '';
    source.setEncoding('utf8');
    try {
      for await (const chunk of source) {
        const lines = (pending + chunk).split('\n');
        pending = lines.pop() ?? '';
        for (const line of lines) await this.#pass(line);
      }
      this.#reply.end();
    } catch {
      this.#reply.cut();
    }
  }

  /** Sends a line. */
  send(line: string): void {
    if (!this.#isMute) this.#reply.write(`${line}\n`);
  }

  /** Sends nothing any more and keeps the connection, as a network does that lost the other side. */
  mute(): void {
    this.#isMute = true;
  }

  /** Closes the connection in the middle. */
  cut(): void {
    this.#reply.cut();
  }

  /** Ends the answer in order, as the API server does after some minutes. */
  end(): void {
    this.#reply.end();
  }

  async #pass(line: string): Promise<void> {
    const send = (changed: string) => this.send(changed);
    for (const changed of await this.#change(line, send)) send(changed);
  }
}
