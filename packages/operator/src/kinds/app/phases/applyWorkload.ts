import { instanceObjects } from '../../../cache';
import type { Placement } from '../../../placement';
import {
  connectionsOf,
  desiredEgress,
  desiredNetworkPolicy,
  desiredService,
  egressRules,
} from '../desired';
import type { Workload } from '../workload';
import { applyDeployment } from './applyDeployment';
import { applySchedule } from './applySchedule';
import { applySecrets } from './applySecrets';
import { applyStore } from './applyStore';
import { copyBundle } from './copyBundle';
import { requirePackages } from './requirePackages';

/** Applies all objects of an app in one environment. @throws ObstacleError, ForeignObjectError */
export async function applyWorkload(
  placement: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  // Policies, Service and code come before the pods that depend on them.
  await applyRules(placement, workload, signal);
  const service = desiredService(workload, isWaking(placement, workload));
  await placement.applier.apply([service], signal);
  await applySecrets(placement, workload, signal);
  await copyBundle(placement, workload, signal);
  await requirePackages(placement, workload, signal);
  await applyStore(placement, workload, signal);
  await applyDeployment(placement, workload, signal);
  await applySchedule(placement, workload, signal);
}

/** Whether an app is scaled to zero, or none of its pods is ready after that. */
function isWaking(
  { caches: { deployments } }: Placement,
  { app, namespace, scaleToZeroMinutes }: Workload,
): boolean {
  const ready = deployments.get(app, namespace)?.status?.readyReplicas;
  return Boolean(scaleToZeroMinutes) && !ready;
}

/** Applies the ingress and egress policies of an app. */
async function applyRules(
  { applier, caches }: Placement,
  workload: Workload,
  signal: AbortSignal,
): Promise<void> {
  const wanted = [
    desiredNetworkPolicy(workload),
    ...desiredEgress(workload, egressRules(connectionsOf(workload))),
  ];
  const existing = instanceObjects(caches.children.NetworkPolicy, workload);
  await applier.prune(existing, wanted, signal);
  await applier.apply(wanted, signal);
}
