import { readMetrics, sumOf } from '../cluster';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from './programs';
import { cpuSecondsOf, memoryOf } from '../processFigures';

const pollMs = 20;
/** Characters of the log that are kept for the message of a program that ended. */
const keptLog = 4000;

/** A measured program as a child process; looked at from outside only. */
export class OperatorProcess {
  readonly name: string;
  readonly startedAt = performance.now();
  readonly #child: ChildProcess;
  readonly #controller: string;
  readonly #metrics: string;
  readonly #ended: Promise<unknown>;
  /** Fulfilled with its name and the end of its log if the program ends without being killed. */
  readonly died: Promise<string>;
  #isKilled = false;
  #log = '';

  private constructor(
    { name, controller }: Program,
    child: ChildProcess,
    port: number,
  ) {
    this.name = name;
    this.#controller = controller;
    this.#child = child;
    this.#metrics = `http://127.0.0.1:${port}/metrics`;
    this.#ended = once(child, 'close');
    this.died = new Promise(resolve => {
      child.once('close', () => {
        if (!this.#isKilled) resolve(`${name} ended:\n${this.#log}`);
      });
    });
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', text => {
        this.#log = (this.#log + text).slice(-keptLog);
      });
  }

  /** Starts a program; it works a moment later. */
  static async start(
    program: Program,
    kubeconfig: string,
  ): Promise<OperatorProcess> {
    const port = await freePort();
    const child = spawn(program.file, program.args(kubeconfig, port), {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        ...program.env?.(kubeconfig),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new OperatorProcess(program, child, port);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Resident memory, bytes. */
  get residentBytes(): number {
    return memoryOf(this.pid, 'VmRSS');
  }

  /** Used heap of V8, in bytes; only for programs on Node. */
  async heapBytes(): Promise<number> {
    return sumOf(await this.#read(), 'nodejs_heap_size_used_bytes', {});
  }

  /** Open files and connections. */
  get handles(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** Seconds of CPU used so far. */
  get cpuSeconds(): number {
    return cpuSecondsOf(this.pid);
  }

  /**
   * Waits until the program has reconciled a number of apps and is idle; returns the seconds since its start. All
   * programs have the metrics of controller-runtime.
   *
   * @throws Error with the end of its log if it ended
   */
  async idle(apps: number, seconds = 600): Promise<number> {
    const controller = this.#controller;
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) {
      if (this.#child.exitCode !== null)
        throw new Error(`${this.name} ended:\n${this.#log}`);
      const samples = await this.#read();
      const done = sumOf(samples, 'controller_runtime_reconcile_total', {
        controller,
      });
      const rest =
        sumOf(samples, 'workqueue_depth', { name: controller }) +
        sumOf(samples, 'controller_runtime_active_workers', { controller });
      if (samples.length > 0 && done >= apps && rest === 0)
        return (performance.now() - this.startedAt) / 1000;
      await pause(pollMs);
    }
    throw new Error(`${this.name} is busy after ${seconds} s:\n${this.#log}`);
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #read() {
    try {
      const answer = await fetch(this.#metrics);
      return readMetrics(await answer.text());
    } catch {
      return []; // It does not listen yet.
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
