import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CommandError,
  isRunning,
  type StackState,
} from '@bailiwick/backstage-cli';

const pollMs = 1_000;
const connectMs = 2_000;
const defaultSilenceMs = 10_000;

/** Detects that a running installation stopped, so that nothing waits for it. */
export class OutageDetector {
  readonly #state: StackState;
  readonly #addresses: string[];
  readonly #gone = new AbortController();
  readonly #silenceMs: number;
  readonly #silentSince = new Map<string, number>();

  /**
   * @param addresses - URLs that take connections as long as it runs
   * @param silenceMs - how long one of them may be silent, in milliseconds
   */
  constructor(
    state: StackState,
    addresses: string[],
    silenceMs = defaultSilenceMs,
  ) {
    this.#state = state;
    this.#addresses = addresses;
    this.#silenceMs = silenceMs;
  }

  /** Aborts with a {@link CommandError} when it went away. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** @throws CommandError when it does not run, or one of its addresses is silent now */
  async check(): Promise<void> {
    const [silent] = await this.#silent();
    if (silent || !isRunning(this.#state)) {
      throw notAnswering(silent ?? this.#addresses[0]);
    }
  }

  /** Runs a function while watching. @throws CommandError as soon as the installation stops */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const done = new AbortController();
    const gone = new Promise<never>((_, reject) => {
      this.signal.addEventListener('abort', () => {
        // Pending work fails first, so that the current step is reported.
        setTimeout(() => reject(this.signal.reason), pollMs);
      });
    });
    this.#watch(done.signal).catch(() => {});
    try {
      return await Promise.race([work(), gone]);
    } finally {
      done.abort();
    }
  }

  async #watch(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      if (!isRunning(this.#state)) {
        this.#gone.abort(notAnswering(this.#addresses[0]));
        return;
      }
      const silent = await this.#silent();
      for (const address of this.#addresses) {
        if (!silent.includes(address)) this.#silentSince.delete(address);
        const since = this.#silentSince.get(address) ?? Date.now();
        if (silent.includes(address)) this.#silentSince.set(address, since);
        if (Date.now() - since < this.#silenceMs) continue;
        this.#gone.abort(notAnswering(address));
        return;
      }
      await pause(pollMs, undefined, { signal: done });
    }
  }

  async #silent(): Promise<string[]> {
    const taken = await Promise.all(this.#addresses.map(takesConnections));
    return this.#addresses.filter((_, index) => !taken[index]);
  }
}

function notAnswering(address: string): CommandError {
  return new CommandError(
    `Bailiwick is not responding at ${address}. Is npm start running?`,
    'npm run status lists the processes; npm start starts Bailiwick.',
  );
}

function takesConnections(address: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(address);
  const usual = protocol === 'https:' ? 443 : 80;
  return new Promise(resolve => {
    const socket = createConnection({
      host: hostname,
      port: Number(port) || usual,
      timeout: connectMs,
    });
    const end = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
