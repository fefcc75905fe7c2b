import { homeNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { type Caches, lastFinishedRun, type AppInstance } from '../../../cache';
import type { HealthReport } from './HealthReport';

/** Returns Degraded if the last run of an environment failed. */
export function lastRunHealth(
  caches: Caches,
  { app, environment, tenant }: AppInstance,
): HealthReport | undefined {
  const last = lastFinishedRun(caches, homeNamespace(tenant), app, environment);
  if (last?.status?.phase !== 'Failed') return undefined;
  return {
    health: 'Degraded',
    why: `The last run failed: ${last.status.why}`,
    next: 'Read the log of the run, fix the problem, and start a new run.',
  };
}
