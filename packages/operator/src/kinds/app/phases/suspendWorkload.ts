import { notDeleting, patchSpec } from '../../../apply';
import { instanceObjects, type AppInstance } from '../../../cache';
import type { Placement } from '../../../placement';

/**
 * Scales an app in one environment to zero, suspends its CronJob and keeps everything else.
 * Deletes the autoscaler first, as it would start pods again.
 */
export async function suspendWorkload(
  { applier, caches }: Placement,
  instance: AppInstance,
  signal: AbortSignal,
): Promise<void> {
  const { children, cronJobs, deployments } = caches;
  const { HorizontalPodAutoscaler: autoscalers } = children;
  await applier.remove(instanceObjects(autoscalers, instance), signal);
  for (const deployment of notDeleting(instanceObjects(deployments, instance)))
    if (deployment.spec?.replicas !== 0)
      await patchSpec(deployments, deployment, { replicas: 0 }, signal);
  for (const cronJob of notDeleting(instanceObjects(cronJobs, instance)))
    if (!cronJob.spec?.suspend)
      await patchSpec(cronJobs, cronJob, { suspend: true }, signal);
}
