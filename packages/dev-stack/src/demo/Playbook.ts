import { eventually } from './expect';

/** Outcome of one step. */
export interface StepResult {
  name: string;
  ok: boolean;
  ms: number;
  error?: string;
}

/** Thrown after the step at which the demo was to stop. */
export class StoppedHere extends Error {}

/** Runs steps in order, reports each with its duration, and stops at the first wrong result. */
export class Playbook {
  readonly steps: StepResult[] = [];
  readonly #tell: (line: string) => void;
  readonly #until: string | undefined;
  readonly #signal: AbortSignal | undefined;

  /** @param options - `until` names the step after which it stops, `signal` ends all waiting */
  constructor(
    tell: (line: string) => void,
    { signal, until }: { until?: string; signal?: AbortSignal } = {},
  ) {
    this.#tell = tell;
    this.#until = until;
    this.#signal = signal;
  }

  /** Retries until there is a result. @throws Error with the last failure after `seconds` */
  eventually<T>(
    what: string,
    seconds: number,
    ask: () => Promise<T | undefined>,
  ): Promise<T> {
    return eventually(what, seconds, ask, this.#signal);
  }

  /** @throws the step's own error after reporting it */
  async step<T>(name: string, run: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const result = await run();
      this.#finish(name, true, began);
      if (name === this.#until) throw new StoppedHere();
      return result;
    } catch (error) {
      if (error instanceof StoppedHere) throw error;
      this.#finish(name, false, began, describe(error as Error));
      throw error;
    }
  }

  #finish(name: string, ok: boolean, began: number, error?: string): void {
    const ms = Math.round(performance.now() - began);
    this.steps.push({ name, ok, ms, ...(error && { error }) });
    this.#tell(
      `${ok ? '✔' : '✘'} ${String(ms).padStart(7)} ms  ${name}${
        error ? `: ${error}` : ''
      }`,
    );
  }
}

/** `fetch` hides the reason of a failure in its cause. */
function describe({ cause, message }: Error): string {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ? `${message} (${code})` : message;
}
