import type { ScalingTimes } from '../../../placement';
import type { ReplicaRange } from '../workload';
import type { LoadSample } from './LoadSample';

/** Share of the slots of all pods that should be occupied. */
const target = 0.7;
/** Share from which pods count as full. */
const full = 0.9;
/** Reserve for scaling down, so that the number of pods does not flap. */
const reserve = 1.1;

/** What a decision remembers for the next one. */
export interface ScalingState {
  /** Samples of the last window, oldest first. */
  samples: readonly LoadSample[];
  /** Since when pods have been read without a gap and their number was not changed, milliseconds as in the samples. */
  steadySince?: number;
}

/** What a decision is based on besides the state. */
export interface ScalingInputs extends ReplicaRange {
  /** Number of pods that is wanted now, at least one. */
  replicas: number;
  /** Load since the last decision; absent if no pod responded. */
  sample?: LoadSample;
  /** Whether the quota has no room for the pods that are wanted now. */
  isRefused: boolean;
  /** Milliseconds, as in the samples. */
  now: number;
}

/** The number of pods that an app needs. */
export interface ScalingDecision {
  replicas: number;
  /** Why the number changes: limits, calls that were refused, or the mean load; absent if it does not. */
  reason?: 'limits' | 'refusals' | 'load';
  state: ScalingState;
}

/**
 * Decides how many pods an app needs. 70 % of their slots should be occupied.
 *
 * - Up: at once, by the mean load of the window. If pods are full or refuse calls, the last moments count, and at most
 *   twice as many pods as are ready are wanted.
 * - Down: by the mean load of a whole window in which the number did not change, to no less than half. Pods that do not
 *   respond count as full.
 * - Without a response, the number stays within its limits.
 */
export function decideReplicas(
  before: ScalingState,
  inputs: ScalingInputs,
  times: Pick<ScalingTimes, 'burst' | 'window'>,
): ScalingDecision {
  const { max, min, now, replicas: present, sample } = inputs;
  const isWithin = ({ at }: LoadSample) => at > now - times.window;
  const samples = sample ? [...before.samples.filter(isWithin), sample] : [];
  const steadySince = sample && (before.steadySince ?? now);
  const wanted = sample
    ? wantedReplicas({ samples, steadySince }, inputs, times)
    : present;
  const replicas = Math.min(Math.max(wanted, min), max);
  if (replicas === present)
    return { replicas, state: { samples, steadySince } };
  return {
    replicas,
    reason: reasonOf(replicas, inputs),
    state: { samples, steadySince: sample && now },
  };
}

function wantedReplicas(
  { samples, steadySince = Infinity }: ScalingState,
  { isRefused, now, replicas: present }: ScalingInputs,
  { burst, window }: Pick<ScalingTimes, 'burst' | 'window'>,
): number {
  const recent = samples.filter(({ at }) => at > now - burst);
  const up = Math.max(
    podsFor(mean(samples, one => one.occupied)),
    replicasForBurst(recent),
  );
  if (up > present) return isRefused ? present : up;
  const isSteady = now - steadySince >= window;
  if (!isSteady) return present;
  const atMost = ({ occupied, silent }: LoadSample) =>
    (occupied + silent) * reserve;
  const down = Math.max(
    podsFor(mean(samples, atMost)),
    podsFor(mean(recent, atMost)),
    Math.ceil(present / 2),
  );
  return Math.min(down, present);
}

/** Returns the number of pods for a burst of calls; 0 while pods have free slots. */
function replicasForBurst(recent: readonly LoadSample[]): number {
  const { pods, refused } = recent[recent.length - 1];
  const load = mean(recent, one => one.occupied);
  const isFull = load >= full * mean(recent, one => one.pods);
  // How many calls would run is unknown. Pods that are starting are not counted, so that they get their chance.
  if (refused > 0) return isFull ? 2 * pods : pods + 1;
  return isFull ? podsFor(load) : 0;
}

function reasonOf(
  replicas: number,
  { max, min, replicas: present, sample }: ScalingInputs,
): ScalingDecision['reason'] {
  if (present < min || present > max) return 'limits';
  return replicas > present && sample?.refused ? 'refusals' : 'load';
}

/** @param load - number of pods whose slots are all occupied */
function podsFor(load: number): number {
  // Without the digits that floating point adds.
  return Math.ceil(Number((load / target).toFixed(6)));
}

function mean(
  samples: readonly LoadSample[],
  of: (sample: LoadSample) => number,
): number {
  return samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
}
