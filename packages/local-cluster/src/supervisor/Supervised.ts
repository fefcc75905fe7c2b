import { setTimeout as sleep } from 'node:timers/promises';
import type { Component } from '../components/Component';
import type { ComponentState } from '../state/ClusterState';
import { BackOff } from './BackOff';

const PROBE_STARTING_MS = 100;
const PROBE_RUNNING_MS = 3_000;
/** Maximum idle time of a component until it is ready for the first time; a busy machine needs longer. */
const START_IDLE_MS = 90_000;
/** Less than this, in seconds of processor time, is nothing. */
const WORK_SECONDS = 1;
/** Ends before the first readiness that mean it will never come up. */
const MAX_EARLY_ENDS = 4;
/** Time in milliseconds after which a component that was ready, and now fails its probe, is killed and restarted. */
const HUNG_MS = 120_000;
/** A component without a probe works if it is still there after this time. */
const SETTLED_MS = 300;

/** One component's life: started, probed, started again with back-off when it ends. */
export class Supervised {
  readonly #component: Component;
  readonly #launch: () => void;
  readonly #onChange: (change: Partial<ComponentState>) => void;
  readonly #kill: () => void;
  readonly #hungMs: number;
  readonly #cpuSeconds: () => number | undefined;
  readonly #startIdleMs: number;
  readonly #closed = new AbortController();
  readonly #backOff = new BackOff();
  #launchedAt = 0;
  #running = false;
  /** Whether it worked since its last launch. */
  #timed = false;
  #ready = false;
  #everReady = false;
  #restarts = 0;
  #hopeless?: Error;
  /** Whether its process was killed because it hung. */
  #isHung = false;

  constructor(
    component: Component,
    options: {
      launch: () => void;
      onChange: (change: Partial<ComponentState>) => void;
      /** Kills its process; {@link ended} is called afterwards. */
      kill: () => void;
      /** In milliseconds, two minutes unless given. */
      hungMs?: number;
      /** Returns the processor time of its process in seconds; `undefined` if unknown. */
      cpuSeconds?: () => number | undefined;
      /** In milliseconds, 90 seconds unless given. */
      startIdleMs?: number;
    },
  ) {
    this.#component = component;
    this.#launch = options.launch;
    this.#onChange = options.onChange;
    this.#kill = options.kill;
    this.#hungMs = options.hungMs ?? HUNG_MS;
    this.#cpuSeconds = options.cpuSeconds ?? (() => undefined);
    this.#startIdleMs = options.startIdleMs ?? START_IDLE_MS;
  }

  /** @throws Error when it keeps ending, or does nothing and does not work */
  async start(): Promise<void> {
    this.#start();
    let busyAt = performance.now();
    let worked = 0;
    while (!(await this.#works())) {
      if (this.#hopeless) throw this.#hopeless;
      const cpu = this.#cpuSeconds() ?? worked;
      // A new process begins at nothing.
      if (cpu < worked || cpu - worked >= WORK_SECONDS) {
        worked = cpu;
        busyAt = performance.now();
      }
      if (performance.now() - busyAt > this.#startIdleMs) {
        throw new Error(
          `not ready, and idle for ${this.#startIdleMs / 1000} s`,
        );
      }
      await sleep(PROBE_STARTING_MS, undefined, {
        signal: this.#closed.signal,
      });
    }
    this.#everReady = true;
    this.#tellReady(true);
    this.#watch().catch(() => {});
  }

  /** Notifies it of the end of its process. */
  ended(why: string): void {
    this.#running = false;
    this.#ready = false;
    const how = this.#isHung
      ? `killed, because it was not responding for ${this.#hungMs / 1000} s`
      : why;
    this.#isHung = false;
    const delay = this.#backOff.next(performance.now() - this.#launchedAt);
    this.#restarts += 1;
    if (!this.#everReady && this.#restarts >= MAX_EARLY_ENDS) {
      this.#hopeless = new Error(why);
      return;
    }
    this.#onChange({
      restarts: this.#restarts,
      lastEnd: { how, pauseSeconds: delay / 1000 },
    });
    sleep(delay, undefined, { signal: this.#closed.signal })
      .then(() => this.#start())
      .catch(() => {});
  }

  /** Neither probes nor starts it any more. */
  close(): void {
    this.#closed.abort();
  }

  #start(): void {
    this.#launchedAt = performance.now();
    this.#running = true;
    this.#timed = false;
    this.#launch();
  }

  #tellReady(ready: boolean): void {
    this.#ready = ready;
    // One that was slow to answer for a while has no new start to be timed.
    const isNew = ready && !this.#timed;
    this.#timed ||= ready;
    const seconds = Math.round(performance.now() - this.#launchedAt) / 1000;
    this.#onChange({ ready, ...(isNew && { seconds }) });
  }

  async #works(): Promise<boolean> {
    if (!this.#running) return false;
    if (this.#component.probe) return this.#component.probe();
    return performance.now() - this.#launchedAt > SETTLED_MS;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#closed;
    let workedAt = performance.now();
    while (!signal.aborted) {
      await sleep(
        this.#ready ? PROBE_RUNNING_MS : PROBE_STARTING_MS,
        undefined,
        { signal },
      );
      const works = await this.#works();
      if (works !== this.#ready && !signal.aborted) this.#tellReady(works);
      const now = performance.now();
      if (works || !this.#running) workedAt = now;
      // A new process gets as long as an old one.
      const silentSince = Math.max(workedAt, this.#launchedAt);
      if (now - silentSince > this.#hungMs && !this.#isHung) {
        this.#isHung = true;
        this.#kill();
      }
    }
  }
}
