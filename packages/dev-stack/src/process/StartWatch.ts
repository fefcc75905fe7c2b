import { cpuSeconds } from '@bailiwick/backstage-local-cluster';

/**
 * Processor time that a program uses at most within the allowed idle time if it only waits and responds to probes, in
 * seconds.
 */
const workSeconds = 1;

/** Time limits of a start. */
export interface StartLimits {
  /** Milliseconds without work after which a process that is not ready counts as stuck. */
  idleMs: number;
  /** Deaths before it was ever ready after which a program counts as broken. */
  deaths: number;
}

export const defaultStartLimits: StartLimits = { idleMs: 120_000, deaths: 5 };

/**
 * Decides when waiting for a process is in vain, based on its work and not on time, because a busy machine needs
 * minutes instead of seconds.
 */
export class StartWatch {
  readonly #limits: StartLimits;
  readonly #cpuOf: (pid: number) => number | undefined;
  #pid: number | undefined;
  #worked = 0;
  #since = Date.now();

  constructor(limits = defaultStartLimits, cpuOf = cpuSeconds) {
    this.#limits = limits;
    this.#cpuOf = cpuOf;
  }

  /**
   * Looks at the process again.
   *
   * @param pid - of the present process, undefined while there is none
   * @param ended - how many processes have ended before it
   * @returns why waiting is in vain, undefined as long as it is not
   */
  look(
    pid: number | undefined,
    ended: number,
    now = Date.now(),
  ): string | undefined {
    if (pid !== this.#pid) {
      this.#pid = pid;
      this.#worked = 0;
      this.#since = now;
    }
    const { deaths, idleMs } = this.#limits;
    if (ended >= deaths) return `ended ${ended} times before it was ready`;
    if (pid === undefined) {
      this.#since = now;
      return undefined;
    }
    const cpu = this.#cpuOf(pid) ?? 0;
    if (cpu - this.#worked >= workSeconds) {
      this.#worked = cpu;
      this.#since = now;
    }
    return now - this.#since > idleMs
      ? `is not ready, and idle for ${idleMs / 1000} s`
      : undefined;
  }
}
