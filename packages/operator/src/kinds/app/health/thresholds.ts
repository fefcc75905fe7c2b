/** Milliseconds for which a state must last before the health changes. */
export const thresholds = {
  /** Unschedulable, image not pulled, unready, or recovered from a crash. */
  passing: 10_000,
  /** Until a pod that was unready for a moment is trusted, as it may be flapping. */
  steady: 30_000,
  /** Until a pod is ready for the first time; equals `progressDeadlineSeconds`. */
  start: 120_000,
  /** A crash after this running time starts a new series, as for the kubelet's back-off. */
  crash: 600_000,
};

/** Tolerated clock skew between a cluster and this process, milliseconds. */
const skew = 5_000;

/**
 * Returns the milliseconds that are left of a time span. A time that is unknown, or too far in the
 * future because of clock skew, leaves none: an endless grace period would hide a problem.
 */
export function remaining(
  at: number | undefined,
  span: number,
  now: Date,
): number {
  if (at === undefined) return 0;
  const age = now.getTime() - at;
  return age < -skew ? 0 : Math.max(0, span - age);
}

/** Parses a Kubernetes timestamp to milliseconds since the epoch, `undefined` when absent. */
export function instant(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}
