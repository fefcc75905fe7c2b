/** Result of a reconciliation. */
export type ReconcileResult =
  | { type: 'done' }
  | { type: 'requeueAfter'; milliseconds: number }
  | { type: 'terminal'; cause: unknown };

/** Nothing to do until the next event. */
export const done: ReconcileResult = { type: 'done' };

/** Requeues the key after some milliseconds, unless an event does so earlier. */
export function requeueAfter(milliseconds: number): ReconcileResult {
  return { type: 'requeueAfter', milliseconds };
}

/** Failed, and a retry does not help until something changes. */
export function terminal(cause: unknown): ReconcileResult {
  return { type: 'terminal', cause };
}

/** Returns the result with the shortest delay, if any has one. */
export function earliest(results: ReconcileResult[]): ReconcileResult {
  const waits = results.flatMap(result =>
    result.type === 'requeueAfter' ? result.milliseconds : [],
  );
  if (waits.length > 0) return requeueAfter(Math.min(...waits));
  return results.find(({ type }) => type === 'terminal') ?? done;
}
