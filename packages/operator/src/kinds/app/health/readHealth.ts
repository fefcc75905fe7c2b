import type { Pod } from '@bailiwick/backstage-kube-controller';
import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { HealthReport, Trouble } from './HealthReport';
import {
  isReady,
  lastEnd,
  unreadySince,
  readySince,
  runningSince,
} from './podTimes';
import {
  readRollout,
  type HealthInputs,
  type RolloutView,
} from './readRollout';
import { instant, thresholds, remaining } from './thresholds';

/** Health of an environment in the last written status. */
export type PreviousHealth = Pick<
  AppEnvironmentStatus,
  'health' | 'why' | 'pods' | 'since'
>;

/** Health of an environment, and when to check it again without an event. */
export interface HealthReading {
  report: HealthReport;
  /** Milliseconds. */
  recheckAfter?: number;
}

const suspended: HealthReport = {
  health: 'Suspended',
  why: 'The app is paused; no pods are running.',
  next: 'Resume the app to use it.',
};

/**
 * Some pods were unready for seconds. The message in the status marks the first time, so that a
 * repetition is noticed.
 */
const flapping: HealthReport = {
  health: 'Healthy',
  why: 'Some pods were not ready in the last 30 s.',
  next: '',
};

/**
 * Derives the health of an environment whose objects exist:
 * - Suspended: no pods are desired;
 * - Healthy: all desired pods are of the current ReplicaSet and ready, and there are no others; or their number changes
 *   with the calls;
 * - Degraded: a trouble has passed its threshold while some pods are ready, or pods have recovered only recently;
 * - Failed: a trouble has passed its threshold and no pod is ready;
 * - Unknown: the same while the node of a pod does not report, so that the pod may be responding;
 * - Progressing: anything else, because it will become one of the above.
 *
 * See {@link thresholds}. A pure function of the observed objects, the previous status and the time, so that a restart
 * of the operator changes nothing. The rules are explained in docs/guide/health.md.
 */
export function readHealth(
  signs: HealthInputs,
  before: PreviousHealth | undefined,
  now: Date,
): HealthReading {
  const view = readRollout(signs);
  if (signs.deployment && view.desired === 0) return { report: suspended };
  if (areAllReady(view)) return readyHealth(view, before, now);
  const waits = view.troubles.map(({ trouble: { at, threshold: span } }) =>
    remaining(at, span, now),
  );
  const counted = view.troubles[waits.indexOf(0)];
  if (counted) return { report: troubledHealth(view, counted.trouble) };
  const held = remainingFlapGrace(view, before, now);
  const pending = waits.length > 0 ? Math.min(...waits) : undefined;
  if (held > 0) return { report: flapping, recheckAfter: held };
  const report = isScaling(view, signs.min, before)
    ? scaling(view)
    : undecidedHealth(view, before);
  return { report, recheckAfter: pending };
}

/** Whether only the number of pods changes, with the calls of a healthy app that has its minimum. */
function isScaling(
  { hasOlder, ready, troubles }: RolloutView,
  min = Infinity,
  before: PreviousHealth | undefined,
): boolean {
  const hasTrouble = troubles.some(
    ({ pod, trouble }) =>
      trouble.isNotable || (pod && unreadySince(pod) !== undefined),
  );
  return (
    before?.health === 'Healthy' && ready >= min && !hasOlder && !hasTrouble
  );
}

function scaling({ desired, ready }: RolloutView): HealthReport {
  const why =
    ready < desired
      ? `${ready} of ${desired} pods are ready; the others are starting.`
      : 'Surplus pods are terminating.';
  return { health: 'Healthy', why, next: '' };
}

const recovering =
  'All pods are ready again. The app becomes healthy if they stay ready.';

function isFlapping({ health, why }: PreviousHealth): boolean {
  return health === flapping.health && why === flapping.why;
}

/** Whether all pods were ready again after flapping. */
function hasRecovered(before: PreviousHealth): boolean {
  return isFlapping(before) && before.pods.ready === before.pods.desired;
}

function areAllReady({ current, desired, isRolledOut }: RolloutView): boolean {
  return isRolledOut && current.filter(isReady).length === desired;
}

/** Health when all pods are ready; pods that had a problem must be ready for a while. */
function readyHealth(
  view: RolloutView,
  before: PreviousHealth | undefined,
  now: Date,
): HealthReading {
  const unproven = Math.max(
    0,
    ...view.current.map(pod =>
      remaining(readySince(pod), probation(pod, before), now),
    ),
  );
  if (unproven === 0) return { report: healthy(view) };
  if (before?.health === 'Healthy')
    return { report: flapping, recheckAfter: unproven };
  const report: HealthReport = {
    health: isBad(before) ? 'Degraded' : 'Progressing',
    why: recovering,
    next: '',
  };
  return { report, recheckAfter: unproven };
}

function healthy({ desired }: RolloutView): HealthReport {
  const why =
    desired === 1 ? 'The pod is ready.' : `All ${desired} pods are ready.`;
  return { health: 'Healthy', why, next: '' };
}

/** Returns how long a pod must be ready to be trusted, milliseconds; 0 when it had no problem. */
function probation(pod: Pod, before: PreviousHealth | undefined): number {
  const ready = readySince(pod) ?? 0;
  const ended = lastEnd(pod);
  if (ended !== undefined && ready - ended < thresholds.crash)
    return thresholds.passing;
  if (!before) return 0;
  if (isFlapping(before) || before.why === recovering) return thresholds.steady;
  const since = instant(before.since) ?? 0;
  const started = runningSince(pod) ?? since;
  // The pod was running when the health degraded, and became ready later.
  return isBad(before) && started < since && ready > since
    ? thresholds.steady
    : 0;
}

/** Returns how long an environment stays Healthy after pods became unready, milliseconds. */
function remainingFlapGrace(
  view: RolloutView,
  before: PreviousHealth | undefined,
  now: Date,
): number {
  if (before?.health !== 'Healthy' || !view.isRolledOut) return 0;
  if (hasRecovered(before)) return 0;
  const unready = view.current.filter(pod => !isReady(pod));
  if (unready.length === 0 || unready.length + view.ready < view.desired)
    return 0;
  return Math.min(
    ...unready.map(pod =>
      remaining(unreadySince(pod), thresholds.passing, now),
    ),
  );
}

function troubledHealth(
  view: RolloutView,
  { isOutOfSight, why, next }: Trouble,
): HealthReport {
  const { desired, hasOlder, outOfSight, ready } = view;
  if (ready === 0 && outOfSight)
    return {
      health: 'Unknown',
      why: isOutOfSight ? why : `${why} ${outOfSight.why}`,
      next,
    };
  if (ready === 0) return { health: 'Failed', why, next };
  const answer = hasOlder
    ? 'Older pods are still ready.'
    : `${ready} of ${desired} pods are ready.`;
  return { health: 'Degraded', why: `${answer} ${why}`, next };
}

/**
 * Health before any threshold has passed: a bad health persists while the same pods flap, otherwise it is Progressing.
 */
function undecidedHealth(
  view: RolloutView,
  before: PreviousHealth | undefined,
): HealthReport {
  const [first] = view.troubles;
  const isLost = first?.pod && unreadySince(first.pod) !== undefined;
  const isUnsteady = isLost || first?.trouble.isNotable;
  if (isUnsteady && isBad(before) && isOlder(first.pod, before)) {
    const report = troubledHealth(view, first.trouble);
    return before?.health === 'Degraded'
      ? { ...report, health: 'Degraded' }
      : report;
  }
  if (isLost && before && hasRecovered(before))
    return {
      health: 'Degraded',
      why: 'The pods repeatedly become unready.',
      next: first.trouble.next,
    };
  if (first?.trouble.isNotable && view.ready === 0)
    return {
      health: 'Progressing',
      why: `${asSentence(first.trouble.why)} It is restarting.`,
      next: first.trouble.next,
    };
  return { health: 'Progressing', why: progress(view), next: '' };
}

function progress({ desired, hasOlder, ready }: RolloutView): string {
  if (hasOlder)
    return 'Rolling out: older pods serve until the new ones are ready.';
  if (desired === 0) return 'Starting.';
  return ready < desired
    ? `Starting: ${ready} of ${desired} pods ready.`
    : 'Surplus pods are terminating.';
}

/** Whether a pod existed when the previous health began. */
function isOlder(
  pod: Pod | undefined,
  before: PreviousHealth | undefined,
): boolean {
  const birth = instant(pod?.metadata.creationTimestamp);
  const since = instant(before?.since);
  return birth !== undefined && since !== undefined && birth < since;
}

function isBad(before: PreviousHealth | undefined): boolean {
  return before?.health === 'Failed' || before?.health === 'Degraded';
}

function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
