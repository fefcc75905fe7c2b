import type { Pod } from '@bailiwick/backstage-kube-controller';
import type { AppEnvironmentStatus } from '@bailiwick/backstage-plugin-bailiwick-common';
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

/** What was said of an environment before. */
export type PreviousHealth = Pick<
  AppEnvironmentStatus,
  'health' | 'why' | 'pods' | 'since'
>;

/** How an environment is doing, and when to look again though nothing happens. */
export interface HealthReading {
  report: HealthReport;
  /** Milliseconds. */
  recheckAfter?: number;
}

const suspended: HealthReport = {
  health: 'Suspended',
  why: 'Suspended: no pods run.',
  next: 'Resume it to use it.',
};

/** Calls were missed for seconds; whoever sees it again knows that it is not the first time. */
const flapping: HealthReport = {
  health: 'Healthy',
  why: 'Not all pods answered all the time in the last half minute.',
  next: '',
};

/**
 * The health of an environment whose objects are made:
 * - Suspended: it is wanted to have no pods;
 * - Healthy: all wanted pods are of the current kind and take calls, and no others are left;
 * - Degraded: some trouble counts, and pods take calls all the same; or they take calls again, not for long yet;
 * - Failed: some trouble counts, and no pod takes calls;
 * - Progressing: anything else, as it will become one of the above by itself.
 *
 * Trouble counts when its {@link thresholds} is over. Nothing is remembered but what the status says: the same signs,
 * the same status before and the same present give the same answer, also after a restart of the operator. The rules in
 * words are in docs/guide/health.md.
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
  return { report: undecidedHealth(view, before), recheckAfter: pending };
}

const recovering =
  'It answers now, and counts as healthy once it has for a while.';

function isFlapping({ health, why }: PreviousHealth): boolean {
  return health === flapping.health && why === flapping.why;
}

/** Whether all pods answered again after some did not for a moment. */
function hasRecovered(before: PreviousHealth): boolean {
  return isFlapping(before) && before.pods.ready === before.pods.desired;
}

function areAllReady({ current, desired, isRolledOut }: RolloutView): boolean {
  return isRolledOut && current.filter(isReady).length === desired;
}

/** All pods take calls; whether for long enough, where they did not before. */
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
    desired === 1 ? 'The pod answers.' : `All ${desired} pods answer.`;
  return { health: 'Healthy', why, next: '' };
}

/** Milliseconds for which a pod must take calls to be trusted; 0 when it never was in trouble. */
function probation(pod: Pod, before: PreviousHealth | undefined): number {
  const ready = readySince(pod) ?? 0;
  const ended = lastEnd(pod);
  if (ended !== undefined && ready - ended < thresholds.crash)
    return thresholds.passing;
  if (!before) return 0;
  if (isFlapping(before) || before.why === recovering) return thresholds.steady;
  const since = instant(before.since) ?? 0;
  const started = runningSince(pod) ?? since;
  // It ran when it got bad, and took calls later.
  return isBad(before) && started < since && ready > since
    ? thresholds.steady
    : 0;
}

/** Milliseconds for which an environment still counts as healthy whose pods stopped answering a moment ago. */
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
  { why, next }: Trouble,
): HealthReport {
  const { desired, hasOlder, ready } = view;
  if (ready === 0) return { health: 'Failed', why, next };
  const answer = hasOlder
    ? 'Older pods still answer.'
    : `${ready} of ${desired} pods answer.`;
  return { health: 'Degraded', why: `${answer} ${why}`, next };
}

/** Nothing counts yet: what was bad stays so while the same pods come and go, everything else is on its way. */
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
      why: 'The pods stop answering again and again.',
      next: first.trouble.next,
    };
  if (first?.trouble.isNotable && view.ready === 0)
    return {
      health: 'Progressing',
      why: `${asSentence(first.trouble.why)} It is started anew.`,
      next: first.trouble.next,
    };
  return { health: 'Progressing', why: progress(view), next: '' };
}

function progress({ desired, hasOlder, ready }: RolloutView): string {
  if (hasOlder)
    return 'Rolling out: older pods answer until the new ones are ready.';
  if (desired === 0) return 'Starting.';
  return ready < desired
    ? `Starting: ${ready} of ${desired} pods ready.`
    : 'Pods that are not wanted any more end.';
}

/** Whether a pod was there when what was said before began. */
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
