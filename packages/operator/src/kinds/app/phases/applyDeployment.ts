import { instanceObjects } from '../../../cache';
import type { Placement } from '../../../placement';
import { desiredAutoscaler, desiredDeployment } from '../desired';
import type { Workload } from '../workload';

/** Field manager of the number of pods during the handover to the autoscaler. */
const handoverManager = 'bailiwick-autoscaling';

/** Applies the Deployment and, where the number of pods varies, its autoscaler. */
export async function applyDeployment(
  placement: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const { applier, caches } = placement;
  const { HorizontalPodAutoscaler: autoscalers } = caches.children;
  const existing = instanceObjects(autoscalers, workload);
  if (workload.autoscale && existing.length === 0) {
    await handOverReplicas(placement, workload, signal);
  }
  const wanted = desiredAutoscaler(workload);
  await applier.prune(existing, wanted, signal);
  await applier.apply([desiredDeployment(workload)], signal);
  await applier.apply(wanted, signal);
}

/**
 * Makes another field manager own the number of pods before the operator releases it; otherwise it would fall back to
 * its default, one pod (Kubernetes documentation, "Server-Side Apply: Transferring ownership").
 */
async function handOverReplicas(
  { caches: { deployments } }: Placement,
  { app, autoscale, namespace }: Workload,
  signal: AbortSignal,
): Promise<void> {
  const deployment = deployments.get(app, namespace);
  const present = deployment?.spec?.replicas;
  if (present === undefined) return;
  // The autoscaler cannot scale up from zero.
  const replicas = Math.max(present, autoscale?.min ?? 0);
  const { apiVersion, kind } = deployments.type;
  const { uid } = deployment!.metadata;
  await deployments.resource.apply(
    {
      apiVersion,
      kind,
      metadata: { name: app, namespace, uid },
      spec: { replicas },
    },
    { fieldManager: handoverManager, force: true, signal },
  );
}
