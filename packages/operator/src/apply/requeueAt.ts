import {
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';

/** Longest delay in milliseconds; timers of Node overflow after 24.8 days. */
const day = 86_400_000;

/** Requeues at an RFC 3339 time, or after a day if that is earlier; done when the time has passed. */
export function requeueAt(
  instant: string | undefined,
  now: Date,
): ReconcileResult {
  const wait = instant ? new Date(instant).getTime() - now.getTime() : 0;
  return wait > 0 ? requeueAfter(Math.min(wait, day)) : done;
}
