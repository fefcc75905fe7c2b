/** Result of a reconciliation. @public */
export type ReconcileResult =
  | { type: 'done' }
  | { type: 'requeueAfter'; milliseconds: number }
  | { type: 'terminal'; cause: unknown };

/** Nothing to do until the next event. @public */
export const done: ReconcileResult = { type: 'done' };

/** Requeues the key after some milliseconds, unless an event does so earlier. @public */
export function requeueAfter(milliseconds: number): ReconcileResult {
  return { type: 'requeueAfter', milliseconds };
}

/** Failed, and a retry does not help until something changes. @public */
export function terminal(cause: unknown): ReconcileResult {
  return { type: 'terminal', cause };
}

/** Returns the result with the shortest delay, if any has one. @public */
export function earliest(results: ReconcileResult[]): ReconcileResult {
  const waits = results.flatMap(result =>
    result.type === 'requeueAfter' ? result.milliseconds : [],
  );
  if (waits.length > 0) return requeueAfter(Math.min(...waits));
  return results.find(({ type }) => type === 'terminal') ?? done;
}
