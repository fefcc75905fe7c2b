import { KubeApiError } from '@bailiwick/backstage-kube-controller';
import {
  annotations,
  canaryName,
  type App,
  type AppCanaryStatus,
  type AppEnvironment,
  type AppEnvironmentStatus,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { formatRelease } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { recordEvent } from '../../apply';
import { instanceObjects, type AppInstance, type Caches } from '../../cache';
import type { Placement } from '../../placement';
import {
  judgeCanary,
  planCanary,
  sumCanaryCalls,
  withoutCalls,
} from './canary';
import type { HealthReport, PodProber } from './health';
import { observeEnvironment, soonest } from './observeEnvironment';
import { applyWorkload, revokeConnections } from './phases';
import { resolveWorkload } from './resolve';
import { previousState } from './status';
import { toObstacle } from './toObstacle';
import type { Workload } from './workload';

/** Milliseconds between two judgements; gateways write the calls as often. */
const judgeInterval = 10_000;
/** Milliseconds for which the pods of a canary remain after its end, until gateways know of it. */
const gracePeriod = 3_000;

/** A canary, because of which the deployed release remains. */
export interface Canary {
  status: AppCanaryStatus;
  /** The environment with the deployed release and its settings. */
  deployed: AppEnvironment;
  /** Error to retry after. */
  error?: unknown;
  /** Note about the healthy pods of the deployed release. */
  note?: HealthReport;
  /** Milliseconds until it is judged again. */
  recheckAfter?: number;
}

/**
 * Runs a new release of an app beside the deployed one, and judges it by its pods, its contract and its calls. Deletes
 * its objects once it has passed or was rolled back.
 *
 * @param instance - the app in the environment
 * @param isStopped - whether the app or its environment is suspended
 * @returns `undefined` if there is no canary, and the app is to be deployed
 */
export async function reconcileCanary(
  placement: Placement,
  prober: PodProber,
  tenant: Tenant | undefined,
  app: App,
  environment: AppEnvironment,
  { instance, isStopped }: { instance: AppInstance; isStopped: boolean },
  signal: AbortSignal,
): Promise<Canary | undefined> {
  const { caches } = placement;
  const now = placement.now();
  const own = { ...instance, app: canaryName(instance.app) };
  const before = previousState(app, environment.name);
  const status = planCanary(before, environment, { isStopped, now });
  if (!before?.release || !status) {
    await removeCanary(placement, own, signal);
    return undefined;
  }
  const deployed = deployedIn(caches, app, environment, before);
  const canary = (changed: AppCanaryStatus): Canary => ({
    status: changed,
    deployed,
    note: noteOf(changed),
    recheckAfter: judgeInterval,
  });
  if (status.phase === 'RolledBack' || isStopped) {
    await removeCanary(placement, own, signal);
    return { ...canary(status), recheckAfter: undefined };
  }
  try {
    await revokeConnections(placement, own, app.spec, signal);
    const workload = resolveWorkload(caches, tenant, app, environment, own.app);
    if (!supportsCanary(workload) || isDeployed(caches, instance, workload)) {
      await removeCanary(placement, own, signal);
      return undefined;
    }
    await applyWorkload(
      placement,
      asCanary(workload, status.percent, before.pods.ready),
      signal,
    );
  } catch (cause) {
    const { next, why } = toObstacle(cause);
    const name = formatRelease(status.release);
    const waiting = {
      ...withoutCalls(status),
      why: `The canary ${name} can't run. ${why}`,
    };
    const error = cause instanceof KubeApiError ? cause : undefined;
    return {
      ...canary(waiting),
      error,
      note: { health: 'Healthy', why: waiting.why, next },
    };
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
      calls: sumCanaryCalls(caches, app, environment.name, status.startedAt),
      deployed: { release: before.release, contract: before.contract },
    },
    now,
  );
  if (!judged) return undefined;
  if (judged.phase === 'RolledBack') {
    await recordEvent(placement, caches.apps, app, {
      type: 'Warning',
      reason: 'CanaryRolledBack',
      action: 'Reconcile',
      note: judged.why,
    });
    return { ...canary(judged), recheckAfter: gracePeriod };
  }
  return {
    ...canary(judged),
    recheckAfter: soonest(recheckAfter, judgeInterval, untilEnd(judged, now)),
  };
}

/** Returns the milliseconds until the end of a canary; `undefined` if it is not known or past. */
function untilEnd({ endsAt = '' }: AppCanaryStatus, now: Date) {
  const left = Date.parse(endsAt) - now.getTime();
  return left > 0 ? left : undefined;
}

/** Returns an environment as it was before another release was chosen. */
function deployedIn(
  { releases }: Caches,
  { metadata: { namespace } }: App,
  environment: AppEnvironment,
  { deployed, digest, release }: AppEnvironmentStatus,
): AppEnvironment {
  const found = releases.get(release!, namespace);
  const isRunning = found?.spec.bundle.digest === digest;
  const { parameters: _settings, promoted: _which, ...kept } = environment;
  const { parameters, promoted } = deployed ?? {
    parameters: environment.parameters,
    promoted: isRunning ? found?.metadata.uid : undefined,
  };
  return {
    ...kept,
    release,
    ...(parameters && { parameters }),
    ...(promoted && { promoted }),
  };
}

/** Apps that run, store or consume have one instance. */
function supportsCanary({ consumer, run, store }: Workload): boolean {
  return !consumer && !run && !store;
}

/** Whether the pods of an app have the code of a workload, or will have it. */
function isDeployed(
  { deployments }: Caches,
  { app, namespace }: AppInstance,
  { bundle }: Workload,
): boolean {
  const { template } = deployments.get(app, namespace)?.spec ?? {};
  const marks = template?.metadata?.annotations;
  return marks?.[annotations.bundleDigest] === bundle.digest;
}

/** Returns the workload with as many pods as its share of the calls needs. */
function asCanary(
  { autoscale: _range, scaleToZeroMinutes: _minutes, ...workload }: Workload,
  percent: number,
  pods: number,
): Workload {
  const replicas = Math.max(1, Math.ceil((pods * percent) / 100));
  return { ...workload, replicas };
}

function noteOf({ phase, why }: AppCanaryStatus): HealthReport | undefined {
  if (!why) return undefined;
  const next =
    phase === 'RolledBack'
      ? 'Deploy another release, or restart the app to try again. To deploy this release at once, turn canary releases off.'
      : '';
  return { health: 'Healthy', why, next };
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
