import type { Obstacle } from '../workload';
import type { PreviousHealth, HealthReading } from './readHealth';
import { instant, thresholds, remaining } from './thresholds';

/**
 * Returns the health of an environment whose workload is blocked. While older pods are ready, it is Degraded: at once
 * if a person must act, otherwise if the obstacle persists; not while a build runs.
 */
export function blockedHealth(
  {
    health,
    isBuilding,
    meanwhile = 'Older pods are still ready.',
    next,
    why,
  }: Obstacle,
  ready: number,
  before: PreviousHealth | undefined,
  now: Date,
): HealthReading {
  if (ready === 0) return { report: { health, why, next } };
  const said = { why: `${meanwhile} ${why}`, next };
  if (isBuilding) return { report: { health, ...said } };
  const left = health === 'Progressing' ? remainingGrace(before, now) : 0;
  return left > 0
    ? { report: { health: 'Progressing', ...said }, recheckAfter: left }
    : { report: { health: 'Degraded', ...said } };
}

/** Returns the milliseconds for which an obstacle still counts as progress. */
function remainingGrace(before: PreviousHealth | undefined, now: Date): number {
  if (before?.health === 'Degraded') return 0;
  const since =
    before?.health === 'Progressing' ? instant(before.since) : now.getTime();
  return remaining(since, thresholds.passing, now);
}
