import {
  startInformers,
  toInstant,
  type Controller,
  type Informer,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCachesOn, type Caches } from '../cache';
import {
  hasChangedReadiness,
  inspectCluster,
  type ClusterInspection,
} from '../inspection';
import { watchProblem } from '../watchProblem';
import { claimTarget } from './claimTarget';
import { createApplier } from './createApplier';
import type { Placement } from './Placement';
import type { AppReport, TenantReport } from './reports';
import type { ReportStore } from './ReportStore';
import { toTargetError, TargetError, timeoutMessage } from './TargetError';

/** Milliseconds between health checks. */
const probeInterval = 5000;
/** Milliseconds without a response after which a target is unreachable. */
const answerTimeout = 4000;
/** Milliseconds between inspections. */
const inspectionInterval = 30_000;
/** Milliseconds after which caches that are still incomplete are an error. */
const syncTimeout = 30_000;

/** Whether a target can be worked on. */
export type Connectivity =
  /** It responds, and its caches are still being filled. */
  | { phase: 'connecting' }
  | { phase: 'connected' }
  | {
      phase: 'unreachable';
      /** Time of its last response, RFC 3339. */
      since: string;
      /** CamelCase cause. */
      reason: string;
      /** One sentence. */
      why: string;
    };

/** Options of {@link Target}. */
export interface TargetOptions {
  name: string;
  /** Placement of the hub. */
  hub: Placement;
  /** Opens the connection. @throws KubeconfigError, TargetError */
  connect: () => KubeClient;
  apps: ReportStore<AppReport>;
  tenants: ReportStore<TenantReport>;
  /** Time of its last response according to its Cluster, RFC 3339. */
  lastHeard?: string;
  /** Creates the controllers that work on the target. */
  createControllers: (placement: Placement) => Controller[];
  /** Called when {@link Target.connectivity} or {@link Target.inspection} changed. */
  onChange: (what: 'presence' | 'look') => void;
}

/**
 * A cluster other than the hub: its connection, its caches, and the controllers that work on it.
 */
export class Target {
  readonly name: string;
  readonly apps: ReportStore<AppReport>;
  readonly tenants: ReportStore<TenantReport>;
  readonly #options: TargetOptions;
  #connectivity: Connectivity = { phase: 'connecting' };
  #lastHeard: string;
  #placement: Placement | undefined;
  #inspection: ClusterInspection | undefined;
  #inspectedAt = -Infinity;
  /** Informers whose watch was closed at the last health check. */
  #broken: Informer<any>[] = [];
  #startedAt = 0;
  #watchError = "The objects can't be listed";
  #wake = new AbortController();

  constructor(options: TargetOptions) {
    this.name = options.name;
    this.apps = options.apps;
    this.tenants = options.tenants;
    this.#options = options;
    this.#lastHeard = options.lastHeard ?? toInstant(options.hub.now());
  }

  get connectivity(): Connectivity {
    return this.#connectivity;
  }

  /** Whether its caches are complete and up to date. */
  get isConnected(): boolean {
    return this.#connectivity.phase === 'connected';
  }

  /** Placement of the target; absent until it responds for the first time. */
  get placement(): Placement | undefined {
    return this.#placement;
  }

  /** Caches of the target; outdated while it is not connected. */
  get caches(): Caches | undefined {
    return this.#placement?.caches;
  }

  /** Result of the last inspection. */
  get inspection(): ClusterInspection | undefined {
    return this.#inspection;
  }

  /** Runs until the signal aborts and all controllers have stopped; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const attempt = new AbortController();
      const stop = () => attempt.abort();
      signal.addEventListener('abort', stop);
      try {
        await this.#attempt(attempt.signal);
        return;
      } catch (error) {
        const { message } = error as Error;
        this.#markUnreachable(
          new TargetError(
            'Failed',
            `The controllers of the cluster stopped: ${message}`,
          ),
        );
      } finally {
        stop();
        signal.removeEventListener('abort', stop);
      }
      await sleep(probeInterval, undefined, { signal }).catch(() => {});
    }
  }

  /**
   * Connects and works; returns when the signal aborts, or at once when the credentials are
   * unusable.
   */
  async #attempt(signal: AbortSignal): Promise<void> {
    let client: KubeClient;
    try {
      client = this.#options.connect();
    } catch (error) {
      const { message } = error as Error;
      this.#markUnreachable(
        error instanceof TargetError
          ? error
          : new TargetError('BadCredentials', message),
      );
      return;
    }
    try {
      await this.#claim(client, signal);
      if (!signal.aborted) await this.#work(client, signal);
    } finally {
      await client.close();
    }
  }

  /** Claims the target for this hub; retries until that succeeds. */
  async #claim(client: KubeClient, signal: AbortSignal): Promise<void> {
    const { caches } = this.#options.hub;
    while (!signal.aborted) {
      const hub = caches.namespaces.get('kube-system')?.metadata.uid ?? '';
      try {
        await withAnswerTimeout(signal, limited =>
          claimTarget(client, { hub, name: this.name }, limited),
        );
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#markUnreachable(toTargetError(error));
      }
      await sleep(probeInterval, undefined, { signal }).catch(() => {});
    }
  }

  async #work(client: KubeClient, signal: AbortSignal): Promise<void> {
    const { hub, createControllers } = this.#options;
    const { caches, informers } = createCachesOn(
      hub.caches,
      client,
      (type, error) => {
        this.#watchError = watchProblem(type, error);
      },
    );
    const placement: Placement = {
      ...hub,
      client,
      caches,
      applier: createApplier(caches),
      target: this,
    };
    this.#placement = placement;
    const controllers = createControllers(placement);
    for (const informer of informers)
      informer.onConnection(() => this.#wake.abort());
    caches.nodes.onChange(change => {
      if (!hasChangedReadiness(change)) return;
      this.#inspectedAt = -Infinity;
      this.#wake.abort();
    });
    startInformers(informers, signal);
    this.#startedAt = performance.now();
    const working = controllers.map(one => one.run(signal));
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const wasHere = this.isConnected;
      await this.#checkHealth(placement, informers, signal);
      // Keys are skipped while the target is not connected.
      if (!wasHere && this.isConnected)
        for (const one of controllers) one.enqueueAll();
      const woken = AbortSignal.any([signal, this.#wake.signal]);
      await sleep(probeInterval, undefined, { signal: woken }).catch(() => {});
    }
    await Promise.all(working);
  }

  async #checkHealth(
    placement: Placement,
    informers: Informer<any>[],
    signal: AbortSignal,
  ): Promise<void> {
    const { client } = placement;
    const brokenBefore = this.#broken;
    try {
      await withAnswerTimeout(signal, limited =>
        client.request({ path: '/readyz', signal: limited }),
      );
    } catch (error) {
      this.#broken = informers;
      if (!signal.aborted) this.#markUnreachable(toTargetError(error));
      return;
    }
    this.#lastHeard = toInstant(placement.now());
    // An informer that exceeded its sync timeout may stay closed.
    this.#broken = informers.filter(one => one.isSynced && !one.isConnected);
    for (const informer of this.#broken) informer.retryNow();
    const still = this.#broken.filter(one => brokenBefore.includes(one));
    if (still.length > 0) {
      const names = still.map(({ type }) => type.plural).join(', ');
      this.#markUnreachable(
        new TargetError('WatchesBroken', `No updates of ${names} are received`),
      );
      return;
    }
    if (!informers.every(({ isSettled }) => isSettled)) {
      if (performance.now() - this.#startedAt > syncTimeout)
        this.#markUnreachable(new TargetError('NotReadable', this.#watchError));
      return;
    }
    this.#markConnected();
    await this.#inspect(placement, signal);
  }

  async #inspect(placement: Placement, signal: AbortSignal): Promise<void> {
    if (performance.now() - this.#inspectedAt < inspectionInterval) return;
    this.#inspectedAt = performance.now();
    try {
      this.#inspection = await withAnswerTimeout(signal, limited =>
        inspectCluster(placement, limited),
      );
      this.#options.onChange('look');
    } catch (error) {
      if (!signal.aborted)
        placement.log.warn(`Can't inspect cluster ${this.name}: ${error}`);
    }
  }

  #markConnected(): void {
    if (this.isConnected) return;
    this.#connectivity = { phase: 'connected' };
    this.#options.hub.log.info(`Cluster ${this.name} is reachable`);
    this.#options.onChange('presence');
  }

  /** Keeps the first message of a reason, so that changing details cause no writes. */
  #markUnreachable({ message: why, reason }: TargetError): void {
    const before = this.#connectivity;
    if (before.phase === 'unreachable' && before.reason === reason) return;
    const since =
      before.phase === 'unreachable' ? before.since : this.#lastHeard;
    this.#connectivity = { phase: 'unreachable', since, reason, why };
    this.#options.hub.log.warn(`Cluster ${this.name} is unreachable: ${why}`);
    this.#options.onChange('presence');
  }
}

/** Sends a request with a time limit. @throws TargetError when it is exceeded */
async function withAnswerTimeout<T>(
  signal: AbortSignal,
  ask: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(answerTimeout);
  try {
    return await ask(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted) throw error;
    throw new TargetError('Unreachable', timeoutMessage);
  }
}
