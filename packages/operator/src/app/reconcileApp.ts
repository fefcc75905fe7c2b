import {
  applyStatusIfChanged,
  done,
  ensureFinalizer,
  fromKey,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  tenantOfHome,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { fieldManager } from '../names';
import type { Scope } from '../scope';
import type { PodQuestions } from './health';
import { pruneDrafts, pruneEnvironments, removeApp } from './phases';
import {
  reconcileEnvironment,
  type EnvironmentOutcome,
} from './reconcileEnvironment';
import { appStatus } from './status';

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
  if (!cached) return done;
  const tenantName = tenantOfHome(namespace) ?? '';
  if (cached.metadata.deletionTimestamp) {
    await removeApp(scope, tenantName, cached, signal);
    return done;
  }
  const { resource } = caches.apps;
  const app = await ensureFinalizer(resource, cached, finalizer);
  const tenant = caches.tenants.get(tenantName);
  const outcomes: EnvironmentOutcome[] = [];
  for (const environment of app.spec.environments) {
    outcomes.push(
      await reconcileEnvironment(
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
  await pruneDrafts(scope, app, signal);
  const states = outcomes.map(({ state }) => state);
  await applyStatusIfChanged(caches.apps, app, appStatus(app, states, now()), {
    fieldManager,
    signal,
  });
  return whenToLookAgain(outcomes);
}

function whenToLookAgain(outcomes: EnvironmentOutcome[]): ReconcileResult {
  const failed = outcomes.find(({ error }) => error !== undefined);
  if (failed) throw failed.error;
  const waits = outcomes.flatMap(({ lookAgain }) => lookAgain ?? []);
  return waits.length > 0 ? requeueAfter(Math.min(...waits)) : done;
}
