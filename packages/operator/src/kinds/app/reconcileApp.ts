import {
  done,
  ensureFinalizer,
  fromKey,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  tenantOfHome,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { runPhase, writeStatus } from '../../apply';
import { elsewhere, type PhaseState, type Scope } from '../../placement';
import { generationSeen, seenElsewhere } from './remoteEnvironments';
import type { PodQuestions } from './health';
import {
  pruneDrafts,
  pruneEnvironments,
  pruneRuns,
  removeApp,
  removeLeftovers,
} from './phases';
import {
  reconcileEnvironment,
  type EnvironmentOutcome,
} from './reconcileEnvironment';
import { appStatus, goingStatus } from './status';

/** Runs an app in all its environments and says how it is doing there. */
export async function reconcileApp(
  scope: Scope,
  questions: PodQuestions,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, now } = scope;
  const { name, namespace = '' } = fromKey(key);
  const cached = caches.apps.get(name, namespace);
  const tenantName = tenantOfHome(namespace) ?? '';
  if (!cached) {
    const place = { name, namespace };
    await removeLeftovers(scope, tenantName, place, signal);
    return done;
  }
  if (cached.metadata.deletionTimestamp) {
    await remove(scope, tenantName, cached, signal);
    return done;
  }
  const { resource } = caches.apps;
  const app = await ensureFinalizer(resource, cached, finalizer);
  const tenant = caches.tenants.get(tenantName);
  const outcomes: EnvironmentOutcome[] = [];
  for (const environment of app.spec.environments) {
    const where = elsewhere(scope, tenant, environment.name);
    outcomes.push(
      where
        ? seenElsewhere(app, environment, where, now())
        : await reconcileEnvironment(
            scope,
            questions,
            tenant,
            app,
            environment,
            signal,
          ),
    );
  }
  await pruneEnvironments(scope, tenantName, app, signal);
  await pruneRuns(scope, app, signal);
  await pruneDrafts(scope, app, signal);
  const states = outcomes.map(({ state }) => state);
  const generation = generationSeen(scope, tenant, app);
  const status = appStatus(app, states, now(), generation);
  await writeStatus(scope, caches.apps, app, status, signal);
  return whenToLookAgain(outcomes);
}

/** Deletes what belongs to an app, and says what hinders that. */
async function remove(
  scope: Scope,
  tenant: string,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const unhindered: PhaseState = { status: 'True', reason: '', message: '' };
  const { state, error } = await runPhase(
    async () => (await removeApp(scope, tenant, app, signal)) ?? unhindered,
  );
  if (state !== unhindered) {
    const status = goingStatus(app, state, scope.now());
    await writeStatus(scope, scope.caches.apps, app, status, signal);
  }
  if (error !== undefined) throw error;
}

function whenToLookAgain(outcomes: EnvironmentOutcome[]): ReconcileResult {
  const failed = outcomes.find(({ error }) => error !== undefined);
  if (failed) throw failed.error;
  const waits = outcomes.flatMap(({ lookAgain }) => lookAgain ?? []);
  return waits.length > 0 ? requeueAfter(Math.min(...waits)) : done;
}
