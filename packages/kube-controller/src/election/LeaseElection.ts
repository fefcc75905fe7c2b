import type { KubeClient, ResourceClient } from '../client';
import type { Logger } from '../controller';
import { ignoreNotFound, LeadershipLostError } from '../errors';
import { coreKinds, type Lease } from '../objects';
import { pause } from '../timing';
import { hasEnded } from './processIdentity';

/** Options of {@link LeaseElection}. @public */
export interface LeaseElectionOptions {
  client: KubeClient;
  namespace: string;
  /** Name of the Lease. */
  name: string;
  /**
   * Name of this process, unique among the candidates. A leader with a name of {@link createProcessIdentity} is replaced
   * at the next attempt after its end by candidates on the same machine or in the same pod.
   */
  identity: string;
  log: Logger;
  /** Seconds after which an inactive leader is replaced; 15 by default. */
  leaseSeconds?: number;
  /** Seconds without a successful renewal after which a leader stops; two thirds of `leaseSeconds` by default. */
  renewSeconds?: number;
  /** Seconds between attempts; 2 by default, in proportion for another `leaseSeconds`. */
  retrySeconds?: number;
  /** Called when this process starts and stops leading. */
  onLeading?: (isLeading: boolean) => void;
}

/** Timeout for releasing the lease in milliseconds; after that, it expires. */
const releaseTime = 5000;

const never = { monotonic: -Infinity, wall: -Infinity };

/**
 * Elects one of several processes as leader with a Lease. A candidate measures the inactivity of
 * the leader by its own clock, so that clocks may differ.
 *
 * @public
 */
export class LeaseElection {
  readonly #options: Required<LeaseElectionOptions>;
  readonly #leases: ResourceClient<Lease>;
  /** Version of the lease, when that version was first observed, and how long it is valid since then. */
  #observed = { version: '', at: 0, duration: 0 };
  /** Time of both clocks just before the last successful write, milliseconds. */
  #renewedAt = never;
  #isLeading = false;

  constructor(options: LeaseElectionOptions) {
    const {
      leaseSeconds = 15,
      onLeading = () => {},
      renewSeconds = (leaseSeconds * 2) / 3,
      retrySeconds = (leaseSeconds * 2) / 15,
    } = options;
    this.#options = {
      ...options,
      leaseSeconds,
      onLeading,
      renewSeconds,
      retrySeconds,
    };
    this.#leases = options.client.resource(coreKinds.leases);
  }

  /**
   * Whether this process is the leader right now. Its lease may have expired while it was
   * suspended, before any of its timers fired: check just before each write, see {@link
   * KubeClient.fencedBy}.
   */
  get holds(): boolean {
    return this.#isLeading && this.#remaining() > 0;
  }

  /**
   * Waits until this process is the leader, runs the work, and releases the lease afterwards.
   *
   * @param lead - the work; its signal aborts when this process must stop leading
   * @throws LeadershipLostError when the lease could not be renewed in time
   */
  async run(
    signal: AbortSignal,
    lead: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const { name, identity, log } = this.#options;
    log.info(`Waiting to lead by the lease ${name}`, { identity });
    while (!signal.aborted && !(await this.#tryAcquire(signal))) {
      await pause(this.#untilNextTry(), signal);
    }
    if (signal.aborted) {
      await this.#release();
      return;
    }
    log.info('Leading', { identity });
    const leading = new AbortController();
    const stop = () => leading.abort(signal.reason);
    signal.addEventListener('abort', stop);
    const renewal = this.#renew(leading);
    this.#setLeading(true);
    try {
      await lead(leading.signal);
    } finally {
      this.#setLeading(false);
      const lost = leading.signal.reason instanceof LeadershipLostError;
      leading.abort();
      signal.removeEventListener('abort', stop);
      await renewal;
      if (!lost) await this.#release();
    }
    if (leading.signal.reason instanceof LeadershipLostError)
      throw leading.signal.reason;
  }

  #setLeading(isLeading: boolean): void {
    this.#isLeading = isLeading;
    this.#options.onLeading(isLeading);
  }

  async #renew(leading: AbortController): Promise<void> {
    const { retrySeconds } = this.#options;
    while (!leading.signal.aborted) {
      const wait = Math.min(retrySeconds * 1000, this.#monotonicRemaining());
      await pause(Math.max(wait, 0), leading.signal);
      if (leading.signal.aborted) return;
      // If only the wall clock exceeds the deadline, it may have been set forward. Nothing is
      // written meanwhile, and the lease shows whether another process has led since.
      const remaining = Math.ceil(this.#monotonicRemaining());
      // An attempt never exceeds the deadline, as others measure from a write that they observed
      // later.
      if (remaining > 0)
        await this.#tryAcquire(
          AbortSignal.any([leading.signal, AbortSignal.timeout(remaining)]),
        );
      if (leading.signal.aborted) return;
      if (this.#remaining() <= 0) leading.abort(new LeadershipLostError());
    }
  }

  /**
   * Returns the milliseconds until a leader that cannot renew must stop. The monotonic clock stops
   * while a machine is suspended and the wall clock can be set back, so the later of the two
   * counts.
   */
  #remaining(): number {
    const { renewSeconds } = this.#options;
    const byWall = this.#renewedAt.wall + renewSeconds * 1000 - Date.now();
    return Math.min(this.#monotonicRemaining(), byWall);
  }

  #monotonicRemaining(): number {
    const { renewSeconds } = this.#options;
    return this.#renewedAt.monotonic + renewSeconds * 1000 - performance.now();
  }

  /**
   * Returns the milliseconds until a candidate tries again, at the latest when the lease expires.
   */
  #untilNextTry(): number {
    const usual = this.#options.retrySeconds * 1000 * (1 - Math.random() / 5);
    const { at, duration } = this.#observed;
    const rest = at + duration - performance.now();
    return rest > 0 ? Math.min(usual, Math.ceil(rest) + 1) : usual;
  }

  async #tryAcquire(signal?: AbortSignal): Promise<boolean> {
    try {
      const lease = await this.#read(signal);
      if (lease && !this.#mayTake(lease)) {
        // Another process leads, whatever the own lease would still allow.
        this.#renewedAt = never;
        return false;
      }
      const started = { monotonic: performance.now(), wall: Date.now() };
      await this.#write(lease, this.#options.identity, signal);
      this.#renewedAt = started;
      return true;
    } catch (error) {
      if (!signal?.aborted || signal.reason?.name === 'TimeoutError')
        this.#options.log.warn(
          `The lease could not be written: ${(error as Error).message}`,
        );
      return false;
    }
  }

  async #read(signal?: AbortSignal): Promise<Lease | undefined> {
    const { name, namespace } = this.#options;
    return this.#leases.get(name, { namespace, signal }).catch(ignoreNotFound);
  }

  #mayTake({ metadata, spec = {} }: Lease): boolean {
    const { identity, leaseSeconds } = this.#options;
    const version = metadata.resourceVersion ?? '';
    const duration = (spec.leaseDurationSeconds ?? leaseSeconds) * 1000;
    if (version !== this.#observed.version)
      this.#observed = { version, at: performance.now(), duration };
    if (spec.holderIdentity === identity) return true;
    // Another process has led meanwhile: earlier decisions of this process are invalid.
    if (this.#isLeading) return false;
    if (!spec.holderIdentity || hasEnded(spec.holderIdentity)) return true;
    return performance.now() - this.#observed.at > duration;
  }

  async #write(
    lease: Lease | undefined,
    holder: string,
    signal?: AbortSignal,
  ): Promise<void> {
    const { name, namespace, leaseSeconds } = this.#options;
    const now = new Date().toISOString().replace('Z', '000Z');
    const isNew = lease?.spec?.holderIdentity !== holder;
    const spec: Lease['spec'] = {
      ...lease?.spec,
      holderIdentity: holder,
      leaseDurationSeconds: leaseSeconds,
      renewTime: now,
      ...(isNew && { acquireTime: now }),
      leaseTransitions:
        (lease?.spec?.leaseTransitions ?? 0) + (lease && isNew ? 1 : 0),
    };
    const { apiVersion, kind } = coreKinds.leases;
    // The resource version ensures that only one of several candidates wins.
    await (lease
      ? this.#leases.replace({ ...lease, apiVersion, kind, spec }, { signal })
      : this.#leases.create(
          { apiVersion, kind, metadata: { name, namespace }, spec },
          { signal },
        ));
  }

  async #release(): Promise<void> {
    const signal = AbortSignal.timeout(releaseTime);
    try {
      const lease = await this.#read(signal);
      if (lease?.spec?.holderIdentity !== this.#options.identity) return;
      await this.#write(lease, '', signal);
    } catch (error) {
      this.#options.log.warn(
        `The lease was not given back: ${(error as Error).message}`,
      );
    }
  }
}
