import type { Obstacle } from '../workload';
import type { PreviousHealth, HealthReading } from './readHealth';
import { instant, thresholds, remaining } from './thresholds';

/**
 * The health of an environment that cannot run what it should. Where pods from before answer it is Degraded: at once when
 * somebody must do something, and for what is on its way when that takes long.
 */
export function blockedHealth(
  { health, meanwhile = 'Older pods still answer.', next, why }: Obstacle,
  ready: number,
  before: PreviousHealth | undefined,
  now: Date,
): HealthReading {
  if (ready === 0) return { report: { health, why, next } };
  const said = { why: `${meanwhile} ${why}`, next };
  const left = health === 'Progressing' ? remainingGrace(before, now) : 0;
  return left > 0
    ? { report: { health: 'Progressing', ...said }, recheckAfter: left }
    : { report: { health: 'Degraded', ...said } };
}

/** Milliseconds for which something may still be on its way; the status knows since when it is. */
function remainingGrace(before: PreviousHealth | undefined, now: Date): number {
  if (before?.health === 'Degraded') return 0;
  const since =
    before?.health === 'Progressing' ? instant(before.since) : now.getTime();
  return remaining(since, thresholds.passing, now);
}
