import {
  done,
  fromKey,
  isConflict,
  requeueAfter,
  type Deployment,
  type Occurrence,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  homeNamespace,
  labels,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { notDeleting, recordEvent } from '../../../apply';
import { instanceObjects } from '../../../cache';
import type { Placement } from '../../../placement';
import { readReplicaRange } from '../desired';
import { isReady, podRefusal } from '../health';
import type { ReplicaRange } from '../workload';
import {
  decideReplicas,
  type ScalingInputs,
  type ScalingState,
} from './decideReplicas';
import { describeScaling, describeSilence } from './describeScaling';
import { loadBetween, type PodReadings } from './LoadSample';
import { readPods } from './readPods';
import { setReplicas } from './setReplicas';

/** What is remembered of a Deployment. */
interface Memory extends ScalingState {
  readings: PodReadings;
  /** Since when ready pods do not respond, milliseconds of `performance.now()`. */
  silentSince?: number;
  /** Whether an event reported that pods do not respond. */
  isSilenceReported?: boolean;
}

/** A Deployment that can be scaled. */
interface Scalable {
  deployment: Deployment;
  range: ReplicaRange;
  /** Number of pods that is wanted now, at least one. */
  replicas: number;
}

const nothing: Memory = { samples: [], readings: new Map() };

/** Scales Deployments by the calls in their pods, and remembers the load of each. */
export class ReplicaScaler {
  readonly #placement: Placement;
  readonly #memories = new Map<string, Memory>();

  constructor(placement: Placement) {
    this.#placement = placement;
  }

  /** Reads the pods of a Deployment, and sets their number. @param key - of the Deployment */
  async reconcile(key: string, signal: AbortSignal): Promise<ReconcileResult> {
    const { scalingTimes } = this.#placement;
    const found = this.#find(key);
    const readings = found && (await this.#read(found.deployment, signal));
    // The app may have been paused meanwhile.
    const current = this.#find(key);
    if (!readings || !current) {
      this.#memories.delete(key);
      return done;
    }
    const { sample } = await this.#scale(key, current, readings, signal);
    const hasCalls = sample && (sample.occupied > 0 || sample.refused > 0);
    return requeueAfter(hasCalls ? scalingTimes.busy : scalingTimes.idle);
  }

  /** Returns a Deployment whose number of pods varies, unless its app is stopped or its cluster unreachable. */
  #find(key: string): Scalable | undefined {
    const { caches, target } = this.#placement;
    const { name, namespace } = fromKey(key);
    const deployment = caches.deployments.get(name, namespace);
    const range = deployment && readReplicaRange(deployment);
    const replicas = deployment?.spec?.replicas ?? 0;
    const isStopped = replicas === 0 || deployment?.metadata.deletionTimestamp;
    return !range || isStopped || target?.isConnected === false
      ? undefined
      : { deployment, range, replicas };
  }

  /** Reads the ready pods of a Deployment. */
  #read({ metadata }: Deployment, signal: AbortSignal): Promise<PodReadings> {
    const { caches, client } = this.#placement;
    const { name: app, namespace = '' } = metadata;
    const tenant = metadata.labels?.[labels.tenant] ?? '';
    const pods = instanceObjects(caches.pods, { app, namespace, tenant });
    return readPods(client, notDeleting(pods).filter(isReady), signal);
  }

  async #scale(
    key: string,
    { deployment, range, replicas }: Scalable,
    readings: PodReadings,
    signal: AbortSignal,
  ): Promise<ScalingInputs> {
    const { caches, scalingTimes } = this.#placement;
    const now = performance.now();
    const before = this.#memories.get(key) ?? nothing;
    const sample = loadBetween(before.readings, readings, now);
    const isSilent = sample.silent === sample.pods;
    const inputs: ScalingInputs = {
      ...range,
      replicas,
      sample: isSilent ? undefined : sample,
      isRefused: podRefusal(deployment) !== undefined,
      now,
    };
    const decision = decideReplicas(before, inputs, scalingTimes);
    const memory: Memory = { ...decision.state, readings };
    this.#memories.set(key, memory);
    if (isSilent && sample.pods > 0)
      await this.#noteSilence(deployment, before, memory, inputs);
    if (decision.replicas === replicas) return inputs;
    try {
      const { deployments } = caches;
      const { metadata } = deployment;
      await setReplicas(deployments, metadata, decision.replicas, signal);
      await this.#record(deployment, describeScaling(inputs, decision));
    } catch (error) {
      // The Deployment changed; the next poll decides again.
      if (!isConflict(error)) throw error;
      memory.steadySince = before.steadySince;
    }
    return inputs;
  }

  /** Records once that pods have not responded for a whole window. */
  async #noteSilence(
    deployment: Deployment,
    before: Memory,
    memory: Memory,
    inputs: ScalingInputs,
  ): Promise<void> {
    const { now } = inputs;
    const { isSilenceReported, silentSince = now } = before;
    const { window } = this.#placement.scalingTimes;
    const isDue = !isSilenceReported && now - silentSince >= window;
    memory.silentSince = silentSince;
    memory.isSilenceReported = isSilenceReported || isDue;
    if (isDue) await this.#record(deployment, describeSilence(inputs));
  }

  /** Records an event of the app. */
  async #record(
    { metadata }: Deployment,
    occurrence: Occurrence,
  ): Promise<void> {
    const { apps } = this.#placement.caches;
    const tenant = metadata.labels?.[labels.tenant] ?? '';
    const app = apps.get(metadata.name, homeNamespace(tenant));
    if (app) await recordEvent(this.#placement, apps, app, occurrence);
  }
}
