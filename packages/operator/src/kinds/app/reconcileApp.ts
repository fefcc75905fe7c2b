import {
  done,
  fromKey,
  keyOf,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  tenantOfHome,
  type App,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { claimObject, removeSurplus, runPhase, writeStatus } from '../../apply';
import { appChildren } from '../../cache';
import {
  isPlacedOn,
  reconciledGeneration,
  remoteClusterOf,
  type EnvironmentState,
  type PhaseState,
  type Placement,
} from '../../placement';
import type { PodProber } from './health';
import {
  pruneBuilds,
  pruneDrafts,
  pruneEnvironments,
  pruneRuns,
  removeApp,
  removeLeftovers,
  removeOrphanedReleases,
} from './phases';
import {
  reconcileEnvironment,
  type EnvironmentOutcome,
} from './reconcileEnvironment';
import { remoteEnvironmentState } from './remoteEnvironmentState';
import { appStatus, deletingStatus, previousState } from './status';

/** Milliseconds until an app is reconciled again whose history cannot begin yet. */
const historyDelayMs = 5000;

/**
 * Runs an app in its environments on one cluster and reports their health: the hub in the status of the app,
 * a target to the hub.
 */
export async function reconcileApp(
  placement: Placement,
  prober: PodProber,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, target } = placement;
  // All apps are reconciled once the target is connected again.
  if (target && !target.isConnected) return done;
  const { name, namespace = '' } = fromKey(key);
  const cached = caches.apps.get(name, namespace);
  const tenantName = tenantOfHome(namespace) ?? '';
  if (!cached) {
    const leftovers = { name, namespace };
    await removeLeftovers(placement, tenantName, leftovers, signal);
    target?.apps.delete(key);
    return target ? done : removeOrphanedReleases(placement, leftovers, signal);
  }
  if (cached.metadata.deletionTimestamp) {
    await remove(placement, tenantName, cached, signal);
    return done;
  }
  const tenant = caches.tenants.get(tenantName);
  // A target cannot know the environments of a tenant without the tenant.
  if (target && !tenant) return done;
  const app = await claimObject(placement, caches.apps, cached);
  if (!app) return done;
  // Objects in environments that the tenant has given up are deleted with the namespace.
  await pruneEnvironments(placement, tenantName, app, signal);
  const outcomes: EnvironmentOutcome[] = [];
  for (const environment of app.spec.environments)
    if (isPlacedOn(placement, tenant, environment.name))
      outcomes.push(
        await reconcileEnvironment(
          placement,
          prober,
          tenant,
          app,
          environment,
          signal,
        ),
      );
  const states = outcomes.map(({ state }) => state);
  await report(placement, tenant, app, states, signal);
  // The history of an app begins when the requests have been read.
  const hasHistory = app.status?.history || caches.requests.isSynced;
  return nextCheck(outcomes, target || hasHistory ? [] : [historyDelayMs]);
}

/** Reports the environments on one cluster. @param local - their states */
async function report(
  placement: Placement,
  tenant: Tenant | undefined,
  app: App,
  local: EnvironmentState[],
  signal: AbortSignal,
): Promise<void> {
  const { caches, target } = placement;
  const { generation = 0 } = app.metadata;
  const key = keyOf(app);
  if (target) {
    if (local.length === 0) target.apps.delete(key);
    else target.apps.set(key, { generation, environments: local });
    return;
  }
  await pruneRuns(placement, app, signal);
  await pruneDrafts(placement, app, signal);
  await pruneBuilds(placement, app, signal);
  const now = placement.now();
  const { environments } = app.spec;
  const states = environments
    .flatMap(({ name }) => {
      const remote = remoteClusterOf(placement, tenant, name);
      return remote
        ? remoteEnvironmentState(app, name, remote, now)
        : local.find(one => one.name === name) ?? [];
    })
    .map(state => withAddress(placement, app, state));
  const observed = reconciledGeneration(
    placement,
    tenant,
    app,
    environments.map(({ name }) => name),
    one => one.apps.get(key),
  );
  const requests = caches.requests.isSynced
    ? caches.requests.index('tenant', tenantOfHome(app.metadata.namespace!)!)
    : undefined;
  const status = appStatus(app, states, now, requests, observed);
  await writeStatus(placement, caches.apps, app, status, signal);
}

/** Returns the state of an environment with its address, if it asks for one. */
function withAddress(
  { addresses }: Placement,
  app: App,
  state: EnvironmentState,
): EnvironmentState {
  const { name } = state;
  const asks = app.spec.environments.find(one => one.name === name)?.address;
  const previous = previousState(app, name)?.address;
  const address = asks && addresses.ofApp(keyOf(app), name, previous);
  return { ...state, address: address || undefined };
}

/** Deletes the objects of an app and reports what blocks that. */
async function remove(
  placement: Placement,
  tenant: string,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const { caches, now, target } = placement;
  if (target) {
    const { generation = 0, name } = app.metadata;
    const children = appChildren(caches, tenant, name);
    await removeSurplus(placement, caches.apps, app, children, signal);
    const left = appChildren(caches, tenant, name).length;
    target.apps.set(keyOf(app), { generation, environments: [], left });
    return;
  }
  const unblocked: PhaseState = { status: 'True', reason: '', message: '' };
  const { state, error } = await runPhase(
    async () => (await removeApp(placement, tenant, app, signal)) ?? unblocked,
  );
  if (state !== unblocked) {
    const status = deletingStatus(app, state, now());
    await writeStatus(placement, caches.apps, app, status, signal);
  }
  if (error !== undefined) throw error;
}

function nextCheck(
  outcomes: EnvironmentOutcome[],
  otherDelays: number[],
): ReconcileResult {
  const failed = outcomes.find(({ error }) => error !== undefined);
  if (failed) throw failed.error;
  const delays = [
    ...outcomes.flatMap(({ recheckAfter }) => recheckAfter ?? []),
    ...otherDelays,
  ];
  return delays.length > 0 ? requeueAfter(Math.min(...delays)) : done;
}
