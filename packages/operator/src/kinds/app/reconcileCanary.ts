import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import {
  canaryName,
  type App,
  type AppCanaryStatus,
  type AppEnvironment,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { instanceObjects, type AppInstance } from '../../cache';
import type { Placement } from '../../placement';
import { callsOf, judgeCanary, planCanary } from './canary';
import type { HealthReport, PodProber } from './health';
import { observeEnvironment, soonest } from './observeEnvironment';
import { applyWorkload, revokeConnections } from './phases';
import { resolveWorkload } from './resolve';
import { previousState } from './status';
import { toObstacle } from './toObstacle';
import type { Obstacle, Workload } from './workload';

/** A canary, because of which the deployed release stays as it is. */
export interface Canary {
  status: AppCanaryStatus;
  /** Release that keeps running. */
  stable: string;
  /** Why the canary does not run. */
  obstacle?: Obstacle;
  /** Error to retry after. */
  error?: unknown;
  /** Note about the pods of the deployed release. */
  note?: HealthReport;
  /** Milliseconds until it is judged again. */
  recheckAfter?: number;
}

/**
 * Runs a new release of an app beside the deployed one, and judges it by its pods, its contract and its calls. Deletes
 * its objects once it has passed or was rolled back.
 *
 * @param instance - the app in the environment
 * @returns `undefined` if there is no canary, and the app is to be deployed
 */
export async function reconcileCanary(
  placement: Placement,
  prober: PodProber,
  tenant: Tenant | undefined,
  app: App,
  environment: AppEnvironment,
  instance: AppInstance,
  signal: AbortSignal,
): Promise<Canary | undefined> {
  const { caches } = placement;
  const now = placement.now();
  const own = { ...instance, app: canaryName(instance.app) };
  const before = previousState(app, environment.name);
  const status = planCanary(before, environment, now);
  const stable = before?.release;
  if (!status || !stable) {
    await removeCanary(placement, own, signal);
    return undefined;
  }
  if (status.phase === 'RolledBack') {
    await removeCanary(placement, own, signal);
    return { status, stable, obstacle: rolledBack(status) };
  }
  try {
    await revokeConnections(placement, own, app.spec, signal);
    const workload = resolveWorkload(caches, tenant, app, environment, own.app);
    if (!isPossible(workload)) {
      await removeCanary(placement, own, signal);
      return undefined;
    }
    await applyWorkload(
      placement,
      asCanary(workload, status.percent, before.pods.ready),
      signal,
    );
  } catch (cause) {
    const error = cause instanceof KubeApiError ? cause : undefined;
    return { status, stable, obstacle: toObstacle(cause), error };
  }
  const { recheckAfter, state } = await observeEnvironment(
    caches,
    prober,
    { ...app, status: undefined },
    environment,
    { instance: own, obstacle: undefined, now, signal },
  );
  const judged = judgeCanary(
    status,
    environment.canary!,
    {
      state,
      calls: callsOf(caches, app, environment.name, status.startedAt),
      deployed: before.contract,
    },
    now,
  );
  if (!judged) return undefined;
  if (judged.phase === 'RolledBack') {
    await removeCanary(placement, own, signal);
    return { status: judged, stable, obstacle: rolledBack(judged) };
  }
  const end = judged.endsAt && Date.parse(judged.endsAt) - now.getTime();
  return {
    status: judged,
    stable,
    note: { health: 'Progressing', why: judged.why, next: '' },
    recheckAfter: soonest(recheckAfter, end ? Math.max(end, 1) : undefined),
  };
}

/** Apps that run, store or consume have one instance. */
function isPossible({ consumer, run, store }: Workload): boolean {
  return !consumer && !run && !store;
}

/** Returns the workload with as many pods as its share of the calls needs. */
function asCanary(
  { autoscale: _range, scaleToZeroMinutes: _minutes, ...workload }: Workload,
  percent: number,
  pods: number,
): Workload {
  return {
    ...workload,
    replicas: Math.max(1, Math.ceil((pods * percent) / 100)),
  };
}

function rolledBack({ why }: AppCanaryStatus): Obstacle {
  return {
    health: 'Failed',
    why,
    next: 'Deploy another release, restart the app to try again, or turn canary releases off to deploy this one.',
    meanwhile: 'The previous release gets all calls.',
  };
}

async function removeCanary(
  { applier, caches }: Placement,
  instance: AppInstance,
  signal: AbortSignal,
): Promise<void> {
  const objects = Object.values(caches.children).flatMap(informer =>
    instanceObjects(informer, instance),
  );
  if (objects.length > 0) await applier.remove(objects, signal);
}
