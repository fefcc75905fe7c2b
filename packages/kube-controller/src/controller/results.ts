/** What a reconciler asks for. */
export type ReconcileResult =
  | { type: 'done' }
  | { type: 'requeueAfter'; milliseconds: number }
  | { type: 'terminal'; cause: unknown };

/** Everything is as it should be, or an event will tell when to go on. */
export const done: ReconcileResult = { type: 'done' };

/** The key shall come again after some milliseconds, if no event brings it earlier. */
export function requeueAfter(milliseconds: number): ReconcileResult {
  return { type: 'requeueAfter', milliseconds };
}

/** It failed, and trying again would not help before something changes. */
export function terminal(cause: unknown): ReconcileResult {
  return { type: 'terminal', cause };
}

/** The result that comes first: a wait rather than nothing, a shorter one rather than a longer. */
export function earliest(results: ReconcileResult[]): ReconcileResult {
  const waits = results.flatMap(result =>
    result.type === 'requeueAfter' ? result.milliseconds : [],
  );
  if (waits.length > 0) return requeueAfter(Math.min(...waits));
  return results.find(({ type }) => type === 'terminal') ?? done;
}
