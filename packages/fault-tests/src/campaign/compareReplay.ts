import { isDeepStrictEqual } from 'node:util';
import type { Violation } from '@bailiwick/backstage-testing/oracles';
import type { Trace } from './Campaign';
import { planRound } from './planRound';

/** Whether the seed of a trace still results in its plan: sentences for the person who replays it. */
export function samePlan({
  seed,
  round,
  plan,
}: Pick<Trace, 'seed' | 'round' | 'plan'>): string[] {
  const isSame = isDeepStrictEqual(planRound(seed, round), plan);
  return isSame
    ? [`Round ${round} of seed ${seed}, as it is planned today.`]
    : [
        `Round ${round} of seed ${seed} is planned otherwise today; the plan of the trace is played.`,
      ];
}

/** Whether a round ended as the first time: sentences for the one who played it again. */
export function sameOutcome(
  { violations: before }: Pick<Trace, 'violations'>,
  now: Violation[],
): string[] {
  const [first, second] = [new Set(before), new Set(now)];
  const gone = before.filter(one => !second.has(one));
  const added = now.filter(one => !first.has(one));
  if (gone.length === 0 && added.length === 0)
    return ['The outcome is the same as the first time.'];
  return [
    'The outcome differs from the first time.',
    ...gone.map(one => `Not any more: ${one}`),
    ...added.map(one => `New: ${one}`),
  ];
}
