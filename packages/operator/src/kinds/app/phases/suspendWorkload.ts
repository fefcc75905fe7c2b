import { notDeleting, patchSpec } from '../../../apply';
import { instanceObjects, type AppInstance } from '../../../cache';
import type { Placement } from '../../../placement';
import { removeFormerAutoscalers } from './removeFormerAutoscalers';

/** Scales an app in one environment to zero, suspends its CronJob and keeps everything else. */
export async function suspendWorkload(
  placement: Placement,
  instance: AppInstance,
  signal: AbortSignal,
): Promise<void> {
  const { cronJobs, deployments } = placement.caches;
  await removeFormerAutoscalers(placement, instance, signal);
  for (const deployment of notDeleting(instanceObjects(deployments, instance)))
    if (deployment.spec?.replicas !== 0)
      await patchSpec(deployments, deployment, { replicas: 0 }, signal);
  for (const cronJob of notDeleting(instanceObjects(cronJobs, instance)))
    if (!cronJob.spec?.suspend)
      await patchSpec(cronJobs, cronJob, { suspend: true }, signal);
}
