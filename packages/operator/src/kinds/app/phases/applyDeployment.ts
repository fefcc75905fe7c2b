import { instanceObjects } from '../../../cache';
import type { Placement } from '../../../placement';
import { setReplicas } from '../autoscaling';
import {
  desiredDeployment,
  desiredDisruptionBudget,
  readReplicaRange,
} from '../desired';
import type { Workload } from '../workload';
import { removeFormerAutoscalers } from './removeFormerAutoscalers';

/** Applies the Deployment and its disruption budget. */
export async function applyDeployment(
  placement: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const { applier, caches } = placement;
  await removeFormerAutoscalers(placement, workload, signal);
  await releaseReplicas(placement, workload, signal);
  await applier.apply([desiredDeployment(workload)], signal);
  await startReplicas(placement, workload, signal);
  const budgets = desiredDisruptionBudget(workload);
  const { PodDisruptionBudget: existing } = caches.children;
  await applier.prune(instanceObjects(existing, workload), budgets, signal);
  await applier.apply(budgets, signal);
}

/**
 * Makes the field manager of autoscaling own the number of pods before the operator releases it; otherwise it would fall
 * back to its default, one pod (Kubernetes documentation, "Server-Side Apply: Transferring ownership").
 */
async function releaseReplicas(
  { caches: { deployments } }: Placement,
  { app, autoscale, namespace }: Workload,
  signal: AbortSignal,
): Promise<void> {
  const deployment = deployments.get(app, namespace);
  const present = deployment?.spec?.replicas;
  if (!autoscale || !deployment || present === undefined) return;
  if (readReplicaRange(deployment) !== undefined) return;
  const { uid } = deployment.metadata;
  const place = { name: app, namespace, uid };
  await setReplicas(deployments, place, present, signal);
}

/** Starts the minimum of pods of an app that had none, once the Deployment has the present code. */
async function startReplicas(
  { caches: { deployments } }: Placement,
  { app, autoscale, namespace }: Workload,
  signal: AbortSignal,
): Promise<void> {
  const deployment = deployments.get(app, namespace);
  if (!autoscale || deployment?.spec?.replicas !== 0) return;
  const { uid } = deployment.metadata;
  const place = { name: app, namespace, uid };
  await setReplicas(deployments, place, autoscale.min, signal);
}
