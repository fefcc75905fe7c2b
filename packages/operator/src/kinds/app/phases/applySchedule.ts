import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import { instanceObjects } from '../../../cache';
import type { Placement } from '../../../placement';
import { desiredCronJob } from '../desired';
import { refuseSchedule } from '../resolve';
import type { Workload } from '../workload';

/**
 * Applies the CronJob of an app of the shape `job`, and deletes it for other shapes. @throws
 * ObstacleError
 */
export async function applySchedule(
  { applier, caches: { cronJobs } }: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const { environment, run } = workload;
  const wanted = run ? desiredCronJob({ ...workload, run }) : [];
  const existing = instanceObjects(cronJobs, workload);
  await applier.prune(existing, wanted, signal);
  try {
    await applier.apply(wanted, signal);
  } catch (error) {
    if (error instanceof KubeApiError && /spec\.schedule/.test(error.message))
      refuseSchedule(run?.scheduleFrom, environment);
    throw error;
  }
}
