import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { ClusterError } from '../ClusterError';
import { lastLines } from '../logs/lastLines';
import { directEnvironment } from '../network/directEnvironment';
import type { LauncherCommand, LauncherEvent } from './protocol';

/** The two streams that a launcher always has. */
interface Pipes {
  stdin: Writable;
  stdout: Readable;
}

const STOP_TIMEOUT_MS = 15_000;

/**
 * The process that starts all others. They end with it, and it ends with this process.
 *
 * @remarks Emits each {@link LauncherEvent} under its own name, and `lost` if the launcher ends without being stopped.
 */
export class Launcher extends EventEmitter {
  readonly #process: ChildProcess & Pipes;
  readonly #ended: Promise<unknown>;
  #stopping = false;

  private constructor(process: ChildProcess & Pipes) {
    super();
    this.#process = process;
    this.#ended = once(process, 'exit');
    // A launcher that died is reported by its exit; writing to it then is no second failure.
    process.stdin.on('error', () => {});
    createInterface({ input: process.stdout }).on('line', line => {
      const event = JSON.parse(line) as LauncherEvent;
      this.emit(event.event, event);
    });
    process.on('exit', () => {
      if (!this.#stopping) this.emit('lost');
    });
  }

  /**
   * Starts a launcher and waits until it accepts commands.
   *
   * @param cell - path of the cell program
   * @param cellArguments - `launch`, or `isolate` with the layout file
   * @param log - file for its error output
   * @throws ClusterError with the end of this output when it does not start
   */
  static async start(
    cell: string,
    cellArguments: string[],
    log: string,
  ): Promise<Launcher> {
    mkdirSync(dirname(log), { recursive: true });
    const descriptor = openSync(log, 'a');
    const child: ChildProcess = spawn(cell, cellArguments, {
      stdio: ['pipe', 'pipe', descriptor],
      // Out of the terminal's reach: Ctrl-C is answered by an ordered stop.
      detached: true,
      env: directEnvironment(),
    });
    closeSync(descriptor);
    const launcher = new Launcher(child as ChildProcess & Pipes);
    const ready = once(launcher, 'ready').then(() => true);
    const failed = launcher.#ended.then(() => false);
    if (!(await Promise.race([ready, failed]))) {
      throw new ClusterError(
        `The cluster's processes cannot be started: ${lastLines(log, 1)}`,
        `Read ${log}; then run the command again.`,
      );
    }
    return launcher;
  }

  /** Process id on the host of the launcher itself. */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  send(command: LauncherCommand): void {
    this.#process.stdin.write(`${JSON.stringify(command)}\n`);
  }

  /** Ends everything, group by group, and waits until nothing is left. */
  async stop(order: string[][]): Promise<void> {
    this.#stopping = true;
    this.send({ do: 'stop', order });
    const late = setTimeout(
      () => this.#process.kill('SIGKILL'),
      STOP_TIMEOUT_MS,
    );
    await this.#ended;
    clearTimeout(late);
  }
}
