import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order } from './main';

/** Time to stop on request, in milliseconds. */
const ending = 10_000;

/** Edits apps as fast as the API server accepts the edits, up to 1,000 times per second, in a process of its own. */
export class Noise {
  readonly #child: ChildProcess;
  readonly #perSecond: Promise<number>;
  #isStopped = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`What makes the noise ended with ${code}`);
    });
    const told = once(child, 'message').then(([count]) => count as number);
    this.#perSecond = Promise.race([told, ended]);
    // Whoever does not ask need not know.
    this.#perSecond.catch(() => {});
  }

  static start(order: Order): Noise {
    const child = fork(join(import.meta.dirname, 'main.ts'));
    child.send(order);
    return new Noise(child);
  }

  /** Stops; returns the accepted edits per second. @throws Error if the process failed */
  async stop(): Promise<number> {
    if (!this.#isStopped && this.#child.connected) {
      this.#child.send('stop');
      setTimeout(() => this.#child.kill('SIGKILL'), ending).unref();
    }
    this.#isStopped = true;
    return this.#perSecond;
  }
}
