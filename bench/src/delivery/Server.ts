import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

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

  /** @throws Error when it ends before it says anything */
  static async start<Said>(
    command: string,
    args: string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<Server<Said>> {
    const child = spawn(command, args, {
      ...options,
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
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  }

  /** Seconds of CPU used so far. */
  get cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // utime and stime in ticks of 10 ms (proc_pid_stat(5)).
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await this.#ended;
  }
}
