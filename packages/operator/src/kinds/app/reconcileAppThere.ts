import {
  done,
  fromKey,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  finalizer,
  tenantOfHome,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { isCurrent, staying } from '../../apply';
import { isHere, type Target, type Scope } from '../../placement';
import type { PodQuestions } from './health';
import { pruneEnvironments, removeLeftovers } from './phases';
import {
  reconcileEnvironment,
  type EnvironmentOutcome,
} from './reconcileEnvironment';
import { appChildren } from '../../cache';

/** Runs an app in its environments on a target, and reports to the hub how it is doing there. */
export async function reconcileAppThere(
  scope: Scope & { target: Target },
  questions: PodQuestions,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, target } = scope;
  // What was left alone is looked at when it is back.
  if (!target.isHere) return done;
  const { name, namespace = '' } = fromKey(key);
  const app = caches.apps.get(name, namespace);
  const tenantName = tenantOfHome(namespace) ?? '';
  if (!app) {
    await removeLeftovers(scope, tenantName, { name, namespace }, signal);
    target.apps.delete(key);
    return done;
  }
  if (app.metadata.deletionTimestamp) {
    await remove(scope, tenantName, key, app, signal);
    return done;
  }
  const tenant = caches.tenants.get(tenantName);
  // Nobody knows then what is here.
  if (!tenant) return done;
  const here = app.spec.environments.filter(environment =>
    isHere(scope, tenant, environment.name),
  );
  // What is in an environment that its tenant has given up goes with the namespace.
  await pruneEnvironments(scope, tenantName, app, signal);
  if (here.length === 0) {
    target.apps.delete(key);
    return done;
  }
  // The hub writes it before anything is made anywhere.
  if (!app.metadata.finalizers?.includes(finalizer)) return done;
  const outcomes: EnvironmentOutcome[] = [];
  for (const environment of here)
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
  target.apps.set(key, {
    generation: app.metadata.generation ?? 0,
    environments: outcomes.map(({ state }) => state),
  });
  const failed = outcomes.find(({ error }) => error !== undefined);
  if (failed) throw failed.error;
  const waits = outcomes.flatMap(({ lookAgain }) => lookAgain ?? []);
  return waits.length > 0 ? requeueAfter(Math.min(...waits)) : done;
}

/** Deletes what an app that goes has there. */
async function remove(
  { applier, caches, target }: Scope & { target: Target },
  tenant: string,
  key: string,
  app: App,
  signal: AbortSignal,
): Promise<void> {
  const children = appChildren(caches, tenant, app.metadata.name);
  if (
    staying(children).length > 0 &&
    (await isCurrent(caches.apps, app, signal))
  )
    await applier.remove(children, signal);
  target.apps.set(key, {
    generation: app.metadata.generation ?? 0,
    environments: [],
    left: appChildren(caches, tenant, app.metadata.name).length,
  });
}
