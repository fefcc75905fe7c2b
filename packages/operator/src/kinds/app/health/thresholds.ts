/** Milliseconds for which something may pass by itself, or must last, before an environment is called otherwise. */
export const thresholds = {
  /** No room, no image yet, a pod that stops answering, one that crashed and answers. */
  passing: 10_000,
  /** Until a pod is trusted that stopped answering and went on; some do so again and again. */
  steady: 30_000,
  /** Until a pod answers for the first time; a Deployment waits as long (`progressDeadlineSeconds`). */
  start: 120_000,
  /** A pod that crashes after it ran for so long did not crash again, but anew; a kubelet thinks so, too. */
  crash: 600_000,
};

/** Clocks of a cluster and of this process may differ by so many milliseconds. */
const skew = 5_000;

/**
 * Milliseconds that are left of a patience; 0 when it is over. An instant that is unknown, or far ahead because
 * clocks differ, leaves none: patience that never ends would hide what is wrong.
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

/** An instant of Kubernetes in milliseconds since 1970, `undefined` when it is not given. */
export function instant(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}
