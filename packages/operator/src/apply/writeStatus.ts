import {
  applyStatusIfChanged,
  type Condition,
  type Informer,
  type KubeObject,
  type Occurrence,
} from '@bailiwick/backstage-kube-controller';
import { findCondition } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { fieldManager } from '../names';
import type { Placement } from '../placement';
import { recordEvent } from './recordEvent';

type Conditions = { conditions?: Condition[] };

/** Reasons of a false Ready that resolve by themselves and cause no event. */
const transientReasons = new Set([
  'EnvironmentProgressing',
  'NamespacesPending',
  'NamespacesTerminating',
  'QuotaPending',
]);

/**
 * Writes a status if it changed. A new problem and its end are recorded as events of the object,
 * for `kubectl describe` and event exporters.
 */
export async function writeStatus<
  T extends KubeObject & { status?: Conditions },
>(
  placement: Placement,
  informer: Informer<T>,
  object: T,
  status: NonNullable<T['status']>,
  signal: AbortSignal,
): Promise<void> {
  await applyStatusIfChanged(informer, object, status, {
    fieldManager,
    signal,
  });
  const occurrence = statusEvent(object.status, status);
  if (occurrence) await recordEvent(placement, informer, object, occurrence);
}

/** Returns the event for a change of status; `undefined` when none is due. */
export function statusEvent(
  before: Conditions | undefined,
  after: Conditions,
): Occurrence | undefined {
  const was = problem(before);
  const is = problem(after);
  const action = 'Reconcile';
  if (is) {
    // A new app is unknown at first; a node that stops reporting is a problem.
    if (is.reason === 'EnvironmentUnknown' && !isSettled(before))
      return undefined;
    const isNews = was?.reason !== is.reason || was.message !== is.message;
    return isNews
      ? { type: 'Warning', reason: is.reason, action, note: is.message }
      : undefined;
  }
  const ready = findCondition(after, 'Ready');
  return was && ready
    ? { type: 'Normal', reason: ready.reason, action, note: ready.message }
    : undefined;
}

function problem(status: Conditions | undefined): Condition | undefined {
  const ready = findCondition(status, 'Ready');
  return ready?.status === 'False' && !transientReasons.has(ready.reason)
    ? ready
    : undefined;
}

/** Whether an object was ready, or had a problem. */
function isSettled(status: Conditions | undefined): boolean {
  const ready = findCondition(status, 'Ready');
  return ready?.status === 'True' || problem(status) !== undefined;
}
