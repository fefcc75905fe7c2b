import type { SlotUsage } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';

/** Responses of pods to `GET /concurrency`, by the uid of the pod; `undefined` for a pod that did not respond. */
export type PodReadings = ReadonlyMap<string, SlotUsage | undefined>;

/** Load of the ready pods of an app since they were read before. */
export interface LoadSample {
  /** When the pods were read, in milliseconds of a monotonic clock. */
  at: number;
  /** Number of ready pods. */
  pods: number;
  /** Use of the pods that responded; 1.5 is the use of one and a half pods whose slots are all occupied. */
  occupied: number;
  /** Number of pods that did not respond. */
  silent: number;
  /** Number of calls and streams for which no slot was free. */
  refused: number;
}

/**
 * Returns the load between two readings of the ready pods.
 *
 * @param before - of a pod that is missing here, only the present use is known
 */
export function loadBetween(
  before: PodReadings,
  readings: PodReadings,
  at: number,
): LoadSample {
  const sample = {
    at,
    pods: readings.size,
    occupied: 0,
    silent: 0,
    refused: 0,
  };
  for (const [uid, usage] of readings) {
    if (!usage) {
      sample.silent += 1;
      continue;
    }
    const last = before.get(uid);
    sample.occupied += meanHeld(usage, last) / usage.slots;
    // A process that restarted counts from zero.
    if (last) sample.refused += Math.max(0, usage.refused - last.refused);
  }
  return sample;
}

/** Returns the mean number of calls since the last reading; the present one for a process that was not read before. */
function meanHeld(usage: SlotUsage, last: SlotUsage | undefined): number {
  const seconds = usage.seconds - (last?.seconds ?? usage.seconds);
  return last && seconds > 0
    ? (usage.heldSeconds - last.heldSeconds) / seconds
    : usage.held;
}
