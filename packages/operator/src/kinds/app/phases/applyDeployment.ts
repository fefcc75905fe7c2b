import { appIndexKey } from '../../../cache';
import type { Placement } from '../../../placement';
import { desiredAutoscaler, desiredDeployment } from '../desired';
import type { Workload } from '../workload';

/** Keeps the number of pods while the autoscaler takes it over. */
const handoverManager = 'bailiwick-autoscaling';

/** Makes the Deployment and, where the number of pods varies, its autoscaler. */
export async function applyDeployment(
  placement: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const { applier, caches } = placement;
  const { tenant, app, namespace, autoscale } = workload;
  const autoscalers = caches.children.HorizontalPodAutoscaler;
  const existing = autoscalers
    .index('app', appIndexKey(tenant, app))
    .filter(({ metadata }) => metadata.namespace === namespace);
  if (autoscale && existing.length === 0) {
    await handOverReplicas(placement, workload, signal);
  }
  const wanted = desiredAutoscaler(workload);
  await applier.prune(existing, wanted, signal);
  await applier.apply([desiredDeployment(workload)], signal);
  await applier.apply(wanted, signal);
}

/**
 * A field that its only owner gives up falls back to its default: one pod. So somebody else owns
 * it before (Kubernetes documentation, "Server-Side Apply: Transferring ownership").
 */
async function handOverReplicas(
  { caches: { deployments } }: Placement,
  { app, autoscale, namespace }: Workload,
  signal: AbortSignal,
): Promise<void> {
  const deployment = deployments.get(app, namespace);
  const present = deployment?.spec?.replicas;
  if (present === undefined) return;
  // The autoscaler cannot start an app from nothing.
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
