import { appIndexKey, type AppInstance } from '../../../cache';
import { ignoreNotFound } from '../../../ignoreNotFound';
import { fieldManager } from '../../../names';
import type { Placement } from '../../../placement';

/**
 * Scales an app in one environment to zero, suspends its CronJob and keeps everything else.
 * Deletes the autoscaler first, as it would start pods again.
 */
export async function suspendWorkload(
  { applier, caches }: Placement,
  { tenant, app, namespace }: AppInstance,
  signal: AbortSignal,
): Promise<void> {
  const key = appIndexKey(tenant, app);
  const ours = <T extends { metadata: { namespace?: string } }>(objects: T[]) =>
    objects.filter(({ metadata }) => metadata.namespace === namespace);
  const autoscalers = caches.children.HorizontalPodAutoscaler.index('app', key);
  await applier.remove(ours(autoscalers), signal);
  for (const { metadata, spec } of ours(caches.deployments.index('app', key))) {
    if (spec?.replicas === 0 || metadata.deletionTimestamp) continue;
    const { name, uid } = metadata;
    await caches.deployments.resource
      .patch(
        name,
        { metadata: { uid }, spec: { replicas: 0 } },
        { namespace, fieldManager, signal },
      )
      .catch(ignoreNotFound);
  }
  for (const { metadata, spec } of ours(caches.cronJobs.index('app', key))) {
    if (spec?.suspend || metadata.deletionTimestamp) continue;
    const { name, uid } = metadata;
    await caches.cronJobs.resource
      .patch(
        name,
        { metadata: { uid }, spec: { suspend: true } },
        { namespace, fieldManager, signal },
      )
      .catch(ignoreNotFound);
  }
}
