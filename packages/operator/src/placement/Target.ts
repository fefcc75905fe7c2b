import {
  startInformers,
  toInstant,
  type Controller,
  type Informer,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCachesOn, type Caches } from '../cache';
import type { Scope } from './Placement';
import { watchProblem } from '../watchProblem';
import { claimTarget } from './claimTarget';
import type { Presence } from './Connectivity';
import type { Reports } from './ReportStore';
import type { AppReport, TenantReport } from './reports';
import { problemOf, TargetProblem, tooSlow } from './TargetError';
import { createApplier } from './createApplier';
import { lookAtCluster, type ClusterLook } from '../inspection';

/** Milliseconds between two questions whether it answers. */
const interval = 5000;
/** A target that answers nothing for so many milliseconds is away. */
const patience = 4000;
/** Milliseconds between two looks at what it has. */
const lookInterval = 30_000;
/** Milliseconds after which copies that are not complete are no matter of waiting. */
const copyTime = 30_000;

/** Options of {@link Target}. */
export interface TargetOptions {
  name: string;
  /** What the hub's reconcilers work with. */
  hub: Scope;
  /** Opens the connection. @throws KubeconfigError, TargetProblem */
  connect: () => KubeClient;
  apps: Reports<AppReport>;
  tenants: Reports<TenantReport>;
  /** When it was last heard, as far as its Cluster says (RFC 3339). */
  lastHeard?: string;
  /** The controllers that work there. */
  createControllers: (scope: Scope) => Controller[];
  /** Told when {@link Target.presence} or {@link Target.look} changed. */
  onChange: (what: 'presence' | 'look') => void;
}

/** Another cluster on which environments are: the copies of it, and the controllers that work there. */
export class Target {
  readonly name: string;
  readonly apps: Reports<AppReport>;
  readonly tenants: Reports<TenantReport>;
  readonly #options: TargetOptions;
  #presence: Presence = { phase: 'connecting' };
  #heard: string;
  #scope: Scope | undefined;
  #look: ClusterLook | undefined;
  #lookedAt = -Infinity;
  /** Copies whose watch was not open at the last beat. */
  #broken: Informer<any>[] = [];
  #beganAt = 0;
  #watchError = 'Its objects cannot be listed';
  #wake = new AbortController();

  constructor(options: TargetOptions) {
    this.name = options.name;
    this.apps = options.apps;
    this.tenants = options.tenants;
    this.#options = options;
    this.#heard = options.lastHeard ?? toInstant(options.hub.now());
  }

  get presence(): Presence {
    return this.#presence;
  }

  /** Whether its copies are complete and follow it. */
  get isHere(): boolean {
    return this.#presence.phase === 'here';
  }

  /** With what it is worked on; absent before it answered for the first time. */
  get scope(): Scope | undefined {
    return this.#scope;
  }

  /** What is there, as far as it is known. */
  get caches(): Caches | undefined {
    return this.#scope?.caches;
  }

  /** What it has, as it was last seen. */
  get look(): ClusterLook | undefined {
    return this.#look;
  }

  /** Works until the signal aborts and all work has ended; never rejects. */
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
        this.#fall(
          new TargetProblem('Failed', `The work there ended: ${message}`),
        );
      } finally {
        stop();
        signal.removeEventListener('abort', stop);
      }
      await sleep(interval, undefined, { signal }).catch(() => {});
    }
  }

  /** Ends when the signal aborts, or at once when nothing can come of it. */
  async #attempt(signal: AbortSignal): Promise<void> {
    let client: KubeClient;
    try {
      client = this.#options.connect();
    } catch (error) {
      const { message } = error as Error;
      this.#fall(
        error instanceof TargetProblem
          ? error
          : new TargetProblem('BadCredentials', message),
      );
      return;
    }
    try {
      await this.#begin(client, signal);
      if (!signal.aborted) await this.#work(client, signal);
    } finally {
      await client.close();
    }
  }

  /** Tries until the target answers and is ours. */
  async #begin(client: KubeClient, signal: AbortSignal): Promise<void> {
    const { caches } = this.#options.hub;
    while (!signal.aborted) {
      const hub = caches.namespaces.get('kube-system')?.metadata.uid ?? '';
      try {
        await inTime(signal, limited =>
          claimTarget(client, { hub, name: this.name }, limited),
        );
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#fall(problemOf(error));
      }
      await sleep(interval, undefined, { signal }).catch(() => {});
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
    const scope: Scope = {
      ...hub,
      client,
      caches,
      applier: createApplier(caches),
      target: this,
    };
    this.#scope = scope;
    const controllers = createControllers(scope);
    for (const informer of informers)
      informer.onConnection(() => this.#wake.abort());
    startInformers(informers, signal);
    this.#beganAt = performance.now();
    const working = controllers.map(one => one.run(signal));
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const wasHere = this.isHere;
      await this.#beat(scope, informers, signal);
      // What was left alone while it was away.
      if (!wasHere && this.isHere)
        for (const one of controllers) one.enqueueAll();
      const woken = AbortSignal.any([signal, this.#wake.signal]);
      await sleep(interval, undefined, { signal: woken }).catch(() => {});
    }
    await Promise.all(working);
  }

  async #beat(
    scope: Scope,
    informers: Informer<any>[],
    signal: AbortSignal,
  ): Promise<void> {
    const { client } = scope;
    const brokenBefore = this.#broken;
    try {
      await inTime(signal, limited =>
        client.request({ path: '/readyz', signal: limited }),
      );
    } catch (error) {
      this.#broken = informers;
      if (!signal.aborted) this.#fall(problemOf(error));
      return;
    }
    this.#heard = toInstant(scope.now());
    // One that its patience gave up may stay closed.
    this.#broken = informers.filter(one => one.isSynced && !one.isConnected);
    for (const informer of this.#broken) informer.retryNow();
    const still = this.#broken.filter(one => brokenBefore.includes(one));
    if (still.length > 0) {
      const names = still.map(({ type }) => type.plural).join(', ');
      this.#fall(
        new TargetProblem('WatchesBroken', `Changes of ${names} do not arrive`),
      );
      return;
    }
    if (!informers.every(({ isSettled }) => isSettled)) {
      if (performance.now() - this.#beganAt > copyTime)
        this.#fall(new TargetProblem('NotReadable', this.#watchError));
      return;
    }
    this.#rise();
    await this.#lookAround(scope, signal);
  }

  async #lookAround(scope: Scope, signal: AbortSignal): Promise<void> {
    if (performance.now() - this.#lookedAt < lookInterval) return;
    this.#lookedAt = performance.now();
    try {
      this.#look = await inTime(signal, limited =>
        lookAtCluster(scope, limited),
      );
      this.#options.onChange('look');
    } catch (error) {
      if (!signal.aborted)
        scope.log.warn(`What ${this.name} has is not known: ${error}`);
    }
  }

  #rise(): void {
    if (this.isHere) return;
    this.#presence = { phase: 'here' };
    this.#options.hub.log.info(`The cluster ${this.name} is here`);
    this.#options.onChange('presence');
  }

  /** The first words for a reason stay, so that nothing is written again and again. */
  #fall({ message: why, reason }: TargetProblem): void {
    const before = this.#presence;
    if (before.phase === 'away' && before.reason === reason) return;
    const since = before.phase === 'away' ? before.since : this.#heard;
    this.#presence = { phase: 'away', since, reason, why };
    this.#options.hub.log.warn(`The cluster ${this.name} is away: ${why}`);
    this.#options.onChange('presence');
  }
}

/** Asks, for as long as the patience lasts. @throws TargetProblem when it takes longer */
async function inTime<T>(
  signal: AbortSignal,
  ask: (limited: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(patience);
  try {
    return await ask(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted) throw error;
    throw new TargetProblem('Unreachable', tooSlow);
  }
}
