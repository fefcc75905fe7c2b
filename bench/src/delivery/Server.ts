import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { cpuSecondsOf, memoryOf } from '../processFigures';

/** A measured server as a child process, whose first line of output is JSON. */
export class Server<Said> {
  readonly said: Said;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(
    child: ChildProcess,
    ended: Promise<unknown>,
    said: Said,
  ) {
    this.#child = child;
    this.#ended = ended;
    this.said = said;
  }

  /**
   * @param env - further environment variables
   * @throws Error when it ends before it says anything
   */
  static async start<Said>(
    command: string,
    args: string[],
    env: Record<string, string> = {},
  ): Promise<Server<Said>> {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    const lines = createInterface({ input: child.stdout! });
    const [line] = await Promise.race([
      once(lines, 'line'),
      ended.then(([code]) => {
        throw new Error(`${args.at(-1)} ended with code ${code}`);
      }),
    ]);
    return new Server(child, ended, JSON.parse(line) as Said);
  }

  /** Largest resident memory so far, MiB. */
  get peakMiB(): number {
    return memoryOf(this.#child.pid!, 'VmHWM') / 2 ** 20;
  }

  /** Resident memory, MiB. */
  get memoryMiB(): number {
    return memoryOf(this.#child.pid!, 'VmRSS') / 2 ** 20;
  }

  /** Seconds of CPU used so far. */
  get cpuSeconds(): number {
    return cpuSecondsOf(this.#child.pid!);
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await this.#ended;
  }
}
