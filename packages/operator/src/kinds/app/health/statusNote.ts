import { homeNamespace } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { type Caches, lastFinishedRun, type AppInstance } from '../../../cache';
import type { Workload } from '../workload';
import type { HealthReport } from './HealthReport';

/** Returns a note about a healthy environment: its last run failed, or it shows sample data. */
export function statusNote(
  caches: Caches,
  { app, environment, tenant }: AppInstance,
  workload: Pick<Workload, 'consumer' | 'run'> | undefined,
): HealthReport | undefined {
  const last = workload?.run
    ? lastFinishedRun(caches, homeNamespace(tenant), app, environment)
    : undefined;
  if (last?.status?.phase === 'Failed')
    return {
      health: 'Degraded',
      why: `The last run failed: ${last.status.why}`,
      next: 'Open the run, fix the reported problem, and start a new run.',
    };
  const missing = workload?.consumer?.missing;
  return missing
    ? {
        health: 'Healthy',
        why: `No connection to ${missing} is configured; the app shows sample messages.`,
        next: 'Ask the platform team to configure the connection.',
      }
    : undefined;
}
