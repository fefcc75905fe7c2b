import { instant, patience, remaining } from './thresholds';
import type { Before, Reading } from './readHealth';
import type { Obstacle } from '../workload';

/**
 * The health of an environment that cannot run what it should. Where pods from before answer it is Degraded: at once when
 * somebody must do something, and for what is on its way when that takes long.
 */
export function hindered(
  { health, meanwhile = 'Older pods still answer.', next, why }: Obstacle,
  ready: number,
  before: Before | undefined,
  now: Date,
): Reading {
  if (ready === 0) return { report: { health, why, next } };
  const said = { why: `${meanwhile} ${why}`, next };
  const left = health === 'Progressing' ? waitingTime(before, now) : 0;
  return left > 0
    ? { report: { health: 'Progressing', ...said }, lookAgain: left }
    : { report: { health: 'Degraded', ...said } };
}

/** Milliseconds for which something may still be on its way; the status knows since when it is. */
function waitingTime(before: Before | undefined, now: Date): number {
  if (before?.health === 'Degraded') return 0;
  const since =
    before?.health === 'Progressing' ? instant(before.since) : now.getTime();
  return remaining(since, patience.passing, now);
}
