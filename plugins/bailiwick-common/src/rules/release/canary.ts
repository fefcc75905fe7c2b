import type { CallTally } from '../../kinds';

/** Milliseconds of the fastest calls; the duration of each further group is twice as long. */
const shortest = 5;
/** Number of groups of durations; the last one, from 41 s, has no end. */
const groups = 15;

/** Failed calls from which a canary is judged; fewer can be bad luck. */
const leastFailed = 3;
/** Smallest share of failed calls that is a problem. */
const failedShare = 0.05;
/** Calls of each release from which durations are compared. */
const leastTimed = 20;
/** Share of the calls that a duration covers. */
const percentile = 0.95;
/** Number of groups by which a canary can be slower: less than four times as slow. */
const slowerGroups = 1;

/** A tally without calls. */
export const emptyTally: CallTally = { calls: 0, failed: 0, durations: [] };

/**
 * Adds a call to a tally.
 *
 * @param milliseconds - time until the app responded
 */
export function tallyCall(
  tally: CallTally,
  { failed, milliseconds }: { failed: boolean; milliseconds: number },
): CallTally {
  const doublings = Math.ceil(Math.log2(milliseconds / shortest));
  const group = Math.min(groups - 1, Math.max(0, doublings));
  const durations = Array.from({ length: group + 1 }, (_, at) =>
    at === group ? 1 : 0,
  );
  return addTallies(tally, { calls: 1, failed: failed ? 1 : 0, durations });
}

/** Returns the sum of tallies. */
export function addTallies(...tallies: CallTally[]): CallTally {
  const length = Math.max(0, ...tallies.map(one => one.durations.length));
  const sum = (count: (tally: CallTally) => number) =>
    tallies.reduce((total, one) => total + count(one), 0);
  return {
    calls: sum(one => one.calls),
    failed: sum(one => one.failed),
    durations: Array.from({ length }, (_, at) =>
      sum(one => one.durations[at] ?? 0),
    ),
  };
}

/**
 * Judges a canary by its calls and those of the deployed release in the same time. It has a problem if at least 5% of its
 * calls failed, and more than twice the share of the deployed release; or if it is about four times as slow (95th percentile).
 *
 * @returns the problem as the end of a sentence; `undefined` if there is none
 */
export function canaryProblem(
  canary: CallTally,
  stable: CallTally,
): string | undefined {
  const share = shareOf(canary);
  if (
    canary.failed >= leastFailed &&
    share >= failedShare &&
    share > 2 * shareOf(stable)
  )
    return `${failures(canary)} failed, and ${failures(
      stable,
    )} of the deployed release`;
  if (Math.min(canary.calls, stable.calls) < leastTimed) return undefined;
  const [slow, fast] = [canary, stable].map(slowGroup);
  return slow > fast + slowerGroups
    ? `95% of its calls took up to ${formatGroup(
        slow,
      )}, and those of the deployed release up to ${formatGroup(fast)}`
    : undefined;
}

function shareOf({ calls, failed }: CallTally): number {
  return calls > 0 ? failed / calls : 0;
}

function failures({ calls, failed }: CallTally): string {
  return `${failed} of ${calls} ${calls === 1 ? 'call' : 'calls'}`;
}

/** Returns the group of durations that covers 95% of the calls. */
function slowGroup({ calls, durations }: CallTally): number {
  let counted = 0;
  return durations.findIndex(count => {
    counted += count;
    return counted >= percentile * calls;
  });
}

function formatGroup(group: number): string {
  const milliseconds = shortest * 2 ** group;
  return milliseconds < 1000
    ? `${milliseconds} ms`
    : `${Math.round(milliseconds / 100) / 10} s`;
}
