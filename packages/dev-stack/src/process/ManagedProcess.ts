import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repositoryRoot } from '@bailiwick/backstage-cli';
import { lastLines } from '@bailiwick/backstage-local-cluster';
import { bundleProgram } from './bundleProgram';
import { hasExited } from './hasExited';
import { StartWatch } from './StartWatch';

const firstPauseMs = 500;
const longestPauseMs = 30_000;
const stopMs = 10_000;
const healthMs = 5_000;
const completeMs = 10_000;
/** Checks in a row without an answer after which a part counts as silent, and as dead. */
const silentChecks = 2;
const deadChecks = 12;
/** Exit code of a program whose start failed, which another attempt would not change: EX_CONFIG of sysexits(3). */
const startFailed = 78;

/** A part does not get ready, and waiting longer would not help. */
export class StuckError extends Error {
  override name = 'StuckError';
}

/** Program of a part of the stack, and its readiness check. */
export interface ManagedProcessOptions {
  name: string;
  /** Program of this repository, from its root. */
  program: string;
  args?: string[];
  /** Whether it runs as a bundle, which starts faster and uses less memory. */
  isBundled?: boolean;
  /** Options of Node itself. */
  nodeOptions?: string[];
  env?: Record<string, string>;
  log: string;
  /** Answers 2xx when the part is ready. */
  readyUrl: string;
  /** Rejects while something is still missing at the start, though the part answers. */
  complete?: (signal: AbortSignal) => Promise<unknown>;
}

/**
 * A Node program of this repository as a supervised child: started again with growing pauses
 * when it dies, ended with its parent however that ends. One that has never been ready and ends with exit code 78 is not
 * started again.
 */
export class ManagedProcess {
  readonly options: ManagedProcessOptions;
  readonly #stopping = new AbortController();
  #child?: ChildProcess;
  #ended: Promise<void> = Promise.resolve();
  #spawnedAt = 0;
  #wasReady = false;
  #cannotStart = false;
  /** Since it was ready. */
  #deaths = 0;
  #missing: string | undefined;
  /** Called for each new process, also after a restart. */
  onSpawn?: (pid: number | undefined) => void;
  /** Called when the process ends, with the description of its end and the seconds until the restart. */
  onDeath?: (how: string, seconds: number) => void;

  constructor(options: ManagedProcessOptions) {
    this.options = options;
  }

  /** Starts it, with further arguments that were not known before. */
  start(further: string[] = []): void {
    this.#ended = this.#supervise(further);
  }

  /**
   * Fulfilled when the part answers and is complete.
   *
   * @param watch - decides when waiting is in vain
   * @throws AbortError when the signal aborts before, StuckError when waiting is in vain
   */
  async ready(signal: AbortSignal, watch = new StartWatch()): Promise<void> {
    while (!(await this.#isReady(signal))) {
      if (this.#cannotStart)
        throw new StuckError(`The ${this.options.name} could not start`);
      const stuck = watch.look(this.#pid, this.#deaths);
      if (stuck) throw new StuckError(`The ${this.options.name} ${stuck}`);
      await pause(150, undefined, { signal });
    }
    this.#wasReady = true;
    this.#deaths = 0;
  }

  get #pid(): number | undefined {
    return this.#child && !hasExited(this.#child) ? this.#child.pid : undefined;
  }

  async #isReady(signal: AbortSignal): Promise<boolean> {
    const { complete, readyUrl } = this.options;
    this.#missing = undefined;
    if (!(await answers(readyUrl))) return false;
    try {
      const late = AbortSignal.timeout(completeMs);
      await complete?.(AbortSignal.any([signal, late]));
      return true;
    } catch (error) {
      this.#missing = (error as Error).message;
      return false;
    }
  }

  /**
   * Monitors the running process until it ends: reports when it stops responding and when it responds again, and ends
   * it if it does not, so that it is restarted.
   *
   * @param everyMs - time between two checks
   */
  async watch(
    tell: (answersNow: boolean) => void,
    everyMs = healthMs,
  ): Promise<void> {
    const child = this.#child;
    const { signal } = this.#stopping;
    let missed = 0;
    while (child === this.#child && !signal.aborted) {
      const isThere = await answers(this.options.readyUrl);
      if (child !== this.#child || child?.exitCode !== null) return;
      if (isThere && missed >= silentChecks) tell(true);
      missed = isThere ? 0 : missed + 1;
      if (missed === silentChecks) tell(false);
      if (missed === deadChecks) child.kill('SIGKILL');
      await pause(everyMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Seconds since its present process began, to one decimal. */
  age(): number {
    return Math.round((Date.now() - this.#spawnedAt) / 100) / 10;
  }

  /** Returns the reason why it is not ready, for error messages: missing parts, or the end of its log. */
  lastOutput(): string {
    return this.#missing ?? lastLines(this.options.log, 8);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#child?.kill('SIGTERM');
    const late = setTimeout(() => this.#child?.kill('SIGKILL'), stopMs);
    await this.#ended;
    clearTimeout(late);
  }

  async #supervise(further: string[]): Promise<void> {
    const { signal } = this.#stopping;
    let wait = firstPauseMs;
    while (!signal.aborted) {
      const how = await this.#run(further).catch((error: Error) => {
        appendFileSync(this.options.log, `${error.message}\n`);
        return 'it cannot be started';
      });
      if (signal.aborted) return;
      this.#deaths += 1;
      if (how === `exit ${startFailed}` && !this.#wasReady) {
        this.#cannotStart = true;
        return;
      }
      if (this.age() * 1_000 > longestPauseMs) wait = firstPauseMs;
      this.onDeath?.(how, wait / 1_000);
      await pause(wait, undefined, { signal }).catch(() => {});
      wait = Math.min(wait * 2, longestPauseMs);
    }
  }

  /** Runs the program once; returns the description of its end. */
  async #run(further: string[]): Promise<string> {
    const { args = [], nodeOptions = [], ...options } = this.options;
    const { env, isBundled, log, program } = options;
    mkdirSync(dirname(log), { recursive: true });
    this.#spawnedAt = Date.now();
    const file = isBundled
      ? await bundleProgram(program)
      : join(repositoryRoot, program);
    if (this.#stopping.signal.aborted) return 'stopped';
    const output = openSync(log, 'a');
    const child = spawn(
      process.execPath,
      [
        ...nodeOptions,
        ...(isBundled
          ? []
          : ['--import', join(repositoryRoot, 'scripts/typescript.mjs')]),
        '--import',
        join(repositoryRoot, 'scripts/endWithParent.mjs'),
        file,
        ...args,
        ...further,
      ],
      {
        cwd: repositoryRoot,
        env: { ...process.env, ...env },
        stdio: ['ignore', output, output, 'ipc'],
      },
    );
    closeSync(output);
    this.#child = child;
    this.onSpawn?.(child.pid);
    return new Promise(resolve => {
      child.on('error', error => resolve(error.message));
      child.on('exit', (code, signal) =>
        resolve(signal ? `signal ${signal}` : `exit ${code}`),
      );
    });
  }
}

/** Whether an address answers 2xx. */
export async function answers(url: string): Promise<boolean> {
  return (await readAnswer(url)) !== undefined;
}

/** The body of a 2xx answer, `undefined` for another one and for none within two seconds. */
export async function readAnswer(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    return undefined;
  }
}
