/** A condition as `metav1.Condition` (KEP-1623). @public */
export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  /** Machine-readable cause, CamelCase. */
  reason: string;
  /** Human-readable message. */
  message: string;
  observedGeneration?: number;
  /** RFC 3339. */
  lastTransitionTime: string;
}

/** A condition as a reconciler sets it. @public */
export type ConditionState = Omit<Condition, 'lastTransitionTime'>;

/** Returns the conditions with one set; its transition time changes only with its status. @public */
export function setCondition(
  conditions: Condition[] = [],
  state: ConditionState,
  now = new Date(),
): Condition[] {
  const previous = conditions.find(({ type }) => type === state.type);
  const lastTransitionTime =
    previous?.status === state.status
      ? previous.lastTransitionTime
      : toInstant(now);
  const condition = { ...state, lastTransitionTime };
  return previous
    ? conditions.map(one => (one === previous ? condition : one))
    : [...conditions, condition];
}

/** Returns the conditions without one type. @public */
export function removeCondition(
  conditions: Condition[] = [],
  type: string,
): Condition[] {
  return conditions.filter(condition => condition.type !== type);
}

/**
 * Derives the `Ready` condition from others: false if any is false, otherwise unknown if any is unknown or missing,
 * with the reason and message of the first such one.
 *
 * @param dependents - types on which Ready depends, most specific first
 * @param ready - reason and message if all are true
 * @public
 */
export function deriveReady(
  conditions: Condition[],
  dependents: readonly string[],
  ready: { reason: string; message: string },
): ConditionState {
  const found = dependents.map(
    type =>
      conditions.find(condition => condition.type === type) ?? {
        status: 'Unknown' as const,
        reason: `${type}Unknown`,
        message: 'Not evaluated yet',
      },
  );
  const cause =
    found.find(({ status }) => status === 'False') ??
    found.find(({ status }) => status === 'Unknown');
  return {
    type: 'Ready',
    status: cause?.status ?? 'True',
    reason: cause?.reason ?? ready.reason,
    message: cause?.message ?? ready.message,
  };
}

/** Formats a time as RFC 3339 with whole seconds, like Kubernetes. @public */
export function toInstant(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
