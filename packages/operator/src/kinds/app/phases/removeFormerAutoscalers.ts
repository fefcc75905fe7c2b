import { instanceObjects, type AppInstance } from '../../../cache';
import type { Placement } from '../../../placement';

/**
 * Deletes the HorizontalPodAutoscaler that an earlier version created for an app. It would set the number of pods against
 * the operator.
 */
export async function removeFormerAutoscalers(
  { applier, caches }: Placement,
  instance: AppInstance,
  signal: AbortSignal,
): Promise<void> {
  const { HorizontalPodAutoscaler: autoscalers } = caches.children;
  await applier.remove(instanceObjects(autoscalers, instance), signal);
}
