import type { Informer, Lease } from '@bailiwick/backstage-kube-controller';
import type { Staleness } from '@bailiwick/backstage-plugin-bailiwick-common/client';

/** Lease by which the operators elect their leader. */
export const operatorLease = {
  namespace: 'bailiwick-system',
  name: 'bailiwick-operator',
};

/** Minimum time without a renewal after which no operator counts as leading, milliseconds. */
const leastGraceMs = 4_000;
const intervalMs = 500;

/** The part of the informer of leases that the monitor needs. */
type Leases = Pick<Informer<Lease>, 'get' | 'isConnected'>;

/**
 * Monitors whether an operator leads, by the renewals of its lease. Renewals are timed with the clock of this
 * process, because clocks of machines differ. Nothing is reported while the lease can't be watched or does not exist.
 */
export class OperatorMonitor {
  readonly #leases: Leases;
  readonly #onChange: () => void;
  readonly #now: () => number;
  #version?: string;
  #heardAt: number;
  #checkedAt: number;
  #isAbsent = false;
  #holder?: string;

  constructor(options: {
    leases: Leases;
    onChange: () => void;
    /** Milliseconds since 1970. */
    now?: () => number;
  }) {
    this.#leases = options.leases;
    this.#onChange = options.onChange;
    this.#now = options.now ?? Date.now;
    this.#heardAt = this.#now();
    this.#checkedAt = this.#heardAt;
  }

  /** Returns the time since which no operator has been leading, `undefined` while one is. */
  staleness(): Staleness | undefined {
    if (!this.#isAbsent) return undefined;
    return {
      who: 'operator',
      since: new Date(this.#heardAt).toISOString(),
      age: Math.max(0, Math.round((this.#now() - this.#heardAt) / 1_000)),
      why: this.#holder
        ? 'The operator is not responding. Changes are saved and take effect when it is back; health may be out of date.'
        : 'No operator is running. Changes are saved and take effect when one starts; health may be out of date.',
    };
  }

  /** Checks periodically until the signal aborts. */
  run(signal: AbortSignal): void {
    const timer = setInterval(() => this.check(), intervalMs).unref();
    signal.addEventListener('abort', () => clearInterval(timer));
  }

  /** Compares the lease with the previous one. */
  check(): void {
    const wasAbsent = this.#isAbsent;
    const { name, namespace } = operatorLease;
    const lease = this.#leases.get(name, namespace);
    const graceMs = graceOf(lease);
    // This process did not run for a while, so it has missed renewals.
    const wasPaused = this.#now() - this.#checkedAt > leastGraceMs;
    this.#checkedAt = this.#now();
    const version = lease?.metadata.resourceVersion;
    const isRenewed = version !== this.#version && lease?.spec?.holderIdentity;
    // A broken watch delivers no renewals, which is not the operator's fault.
    if (!lease || !this.#leases.isConnected || isRenewed || wasPaused)
      this.#heardAt = this.#now();
    this.#version = version;
    this.#holder = lease?.spec?.holderIdentity;
    this.#isAbsent = this.#now() - this.#heardAt > graceMs;
    if (wasAbsent !== this.#isAbsent) this.#onChange();
  }
}

/** Returns the time of two renewals, in milliseconds: a leader renews its lease 7.5 times within its duration. */
function graceOf(lease: Lease | undefined): number {
  const { leaseDurationSeconds = 0 } = lease?.spec ?? {};
  return Math.max(leastGraceMs, (leaseDurationSeconds * 1_000 * 4) / 15);
}
