import {
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';

/** Longest wait; timers of Node end at 24.8 days. */
const day = 86_400_000;

/** Asks to come back when an RFC 3339 instant is reached, or after a day if it is farther. */
export function untilInstant(
  instant: string | undefined,
  now: Date,
): ReconcileResult {
  const wait = instant ? new Date(instant).getTime() - now.getTime() : 0;
  return wait > 0 ? requeueAfter(Math.min(wait, day)) : done;
}
