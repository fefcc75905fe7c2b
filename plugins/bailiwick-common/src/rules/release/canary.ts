import type { App, CallTally } from '../../kinds';

/** Upper bound of the first bucket of durations in milliseconds; that of each further bucket is twice as high. */
const firstBucketMs = 5;
/** Number of buckets; the last one, from 41 s, has no bound. */
const bucketCount = 15;

/** Failed calls from which a canary is judged; fewer can be bad luck. */
const leastFailed = 3;
/** Smallest share of failed calls that is a problem. */
const failedShare = 0.05;
/** Calls of each release from which durations are compared: the first ones of a new pod are slow. */
const leastTimed = 50;
/** Share of the calls that a duration covers. */
const percentile = 0.95;
/** Number of buckets by which a canary can be slower: it is at least four times as slow beyond. */
const slowerBuckets = 2;
/** Bucket that is never slow: up to 160 ms. */
const fastBucket = 5;

/** A tally without calls. @public */
export const emptyTally: CallTally = { calls: 0, failed: 0, durations: [] };

/**
 * Adds a call to a tally.
 *
 * @param milliseconds - time until the app responded
 * @public
 */
export function tallyCall(
  tally: CallTally,
  { failed, milliseconds }: { failed: boolean; milliseconds: number },
): CallTally {
  const doublings = Math.ceil(Math.log2(milliseconds / firstBucketMs));
  const bucket = Math.min(bucketCount - 1, Math.max(0, doublings));
  const durations = Array.from({ length: bucket + 1 }, (_, at) =>
    at === bucket ? 1 : 0,
  );
  return addTallies(tally, { calls: 1, failed: failed ? 1 : 0, durations });
}

/** Returns the sum of tallies. @public */
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
 * calls failed, and more than twice the share of the deployed release. It also has one if 95% of its calls took at least
 * four times as long, and more than 160 ms.
 *
 * @returns the problem as the end of a sentence; `undefined` if there is none
 * @public
 */
export function canaryProblem(
  canary: CallTally,
  stable: CallTally,
): string | undefined {
  const share = failedShareOf(canary);
  if (
    canary.failed >= leastFailed &&
    share >= failedShare &&
    share > 2 * failedShareOf(stable)
  )
    return `${canary.failed} of ${canary.calls} calls failed (deployed release: ${stable.failed} of ${stable.calls})`;
  if (Math.min(canary.calls, stable.calls) < leastTimed) return undefined;
  const [slow, fast] = [canary, stable].map(p95Bucket);
  return slow > Math.max(fast + slowerBuckets, fastBucket)
    ? `95% of its calls took up to ${formatBound(
        slow,
      )} (deployed release: ${formatBound(fast)})`
    : undefined;
}

function failedShareOf({ calls, failed }: CallTally): number {
  return calls > 0 ? failed / calls : 0;
}

/** Returns the bucket up to which 95% of the calls are. */
function p95Bucket({ calls, durations }: CallTally): number {
  let counted = 0;
  return durations.findIndex(count => {
    counted += count;
    return counted >= percentile * calls;
  });
}

function formatBound(bucket: number): string {
  const milliseconds = firstBucketMs * 2 ** bucket;
  return milliseconds < 1000
    ? `${milliseconds} ms`
    : `${Math.round(milliseconds / 100) / 10} s`;
}

/** Returns why choosing a release changes nothing: it is deployed, a canary, or was rolled back. @public */
export function sameReleaseMessage(
  { status }: App,
  environment: string,
  release: string,
): string {
  const state = status?.environments?.find(({ name }) => name === environment);
  switch (state?.canary?.phase) {
    case 'RolledBack':
      return `Release "${release}" was rolled back in ${environment}; restart the app there to try again`;
    case 'Running':
      return `Release "${release}" already gets some of the calls in ${environment} as a canary`;
    default:
      return `Release "${release}" is already deployed in ${environment}`;
  }
}
