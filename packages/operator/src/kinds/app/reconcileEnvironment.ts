import {
  ForeignObjectError,
  KubeApiError,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  type App,
  type AppEnvironment,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { conflictInterval } from '../../apply';
import { openJobs, type AppInstance } from '../../cache';
import type { Placement } from '../../placement';
import { lastRunHealth, sampleDataNote, type PodProber } from './health';
import { idlenessOf, type Idleness } from './idleness';
import {
  observeEnvironment,
  soonest,
  type Observation,
} from './observeEnvironment';
import {
  applyWorkload,
  revokeConnections,
  pruneCopies,
  pruneSecrets,
  suspendWorkload,
} from './phases';
import { reconcileCanary } from './reconcileCanary';
import { resolveWorkload } from './resolve';
import { suspensionOf } from './suspension';
import { toObstacle } from './toObstacle';
import type { Obstacle, Workload } from './workload';

/** Outcome of one environment. */
export interface EnvironmentOutcome extends Observation {
  /** Error to retry after. */
  error?: unknown;
}

/** Applies the objects of an app in one environment and observes its health. */
export async function reconcileEnvironment(
  placement: Placement,
  prober: PodProber,
  tenant: Tenant | undefined,
  app: App,
  environment: AppEnvironment,
  signal: AbortSignal,
): Promise<EnvironmentOutcome> {
  let workload: Workload | undefined;
  let obstacle: Obstacle | undefined;
  let idleness: Idleness = {};
  let error: unknown;
  let isConflict = false;
  const tenantName = tenant?.metadata.name ?? '';
  const instance: AppInstance = {
    tenant: tenantName,
    environment: environment.name,
    app: app.metadata.name,
    namespace: environmentNamespace(tenantName, environment.name),
  };
  const suspension = suspensionOf(tenant, environment.name);
  const canary = await reconcileCanary(
    placement,
    prober,
    tenant,
    app,
    environment,
    { instance, isStopped: Boolean(suspension ?? environment.suspended) },
    signal,
  );
  const deployed = canary?.deployed ?? environment;
  try {
    await revokeConnections(placement, instance, app.spec, signal);
    if (suspension) await suspendWorkload(placement, instance, signal);
    else {
      workload = resolveWorkload(placement.caches, tenant, app, deployed);
      idleness = idlenessOf(
        placement.caches,
        app,
        deployed,
        workload,
        placement.now(),
      );
      if (idleness.report)
        workload = { ...workload, replicas: 0, autoscale: undefined };
      await applyWorkload(placement, workload, signal);
    }
  } catch (cause) {
    obstacle = toObstacle(cause);
    if (cause instanceof KubeApiError) error = cause;
    isConflict = cause instanceof ForeignObjectError;
  }
  const sight = await observeEnvironment(
    placement.caches,
    prober,
    app,
    deployed,
    {
      instance,
      suspension,
      idle: idleness.report,
      obstacle,
      min: workload?.autoscale?.min,
      note:
        canary?.note ??
        (workload?.run && lastRunHealth(placement.caches, instance)) ??
        sampleDataNote(workload),
      now: placement.now(),
      signal,
    },
  );
  if (workload && !obstacle) {
    await pruneCopies(placement, workload, sight.pods, signal);
    const used = sight.pods.flatMap(secretsIn);
    if (openJobs(placement.caches, workload).length === 0)
      await pruneSecrets(placement, workload, new Set(used), signal);
  }
  return {
    ...sight,
    state: {
      ...sight.state,
      canary: canary?.status,
      deployed: deployedWith(deployed),
    },
    error: error ?? canary?.error,
    recheckAfter: soonest(
      sight.recheckAfter,
      idleness.recheckAfter,
      canary?.recheckAfter,
    ),
    ...(isConflict && { recheckAfter: conflictInterval }),
  };
}

/** Returns what the next canary must know about the deployed release. */
function deployedWith({
  canary,
  parameters,
  promoted,
  release,
}: AppEnvironment): EnvironmentOutcome['state']['deployed'] {
  return canary && release ? { parameters, promoted } : undefined;
}

/** Returns the names of the Secrets that a pod mounts. */
function secretsIn({ spec }: Pod): string[] {
  return (spec?.volumes ?? []).flatMap(
    ({ secret }) => secret?.secretName ?? [],
  );
}
