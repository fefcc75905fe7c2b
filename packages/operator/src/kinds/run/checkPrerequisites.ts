import {
  annotations,
  type App,
  type AppEnvironment,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Caches } from '../../cache';
import { secretsOf, type RunningWorkload } from '../app/desired';
import { secretCopiesOf } from '../app/phases';
import { resolveWorkload } from '../app/resolve';
import { suspensionOf } from '../app/suspension';
import { ObstacleError, type Workload } from '../app/workload';

/** Whether runs of an app can start in an environment. */
export type Prerequisites =
  /** Runs can start. */
  | { state: 'ready'; workload: RunningWorkload }
  /** Runs are pending; started ones are stopped as well when `paused`. */
  | { state: 'waiting'; why: string; paused?: boolean }
  /** Runs can never start; without a history when the app or environment is `missing`. */
  | { state: 'none'; why: string; missing?: boolean };

/** Checks whether runs of an app can start in an environment. */
export function checkPrerequisites(
  caches: Caches,
  tenant: Tenant | undefined,
  app: App,
  environment: AppEnvironment,
): Prerequisites {
  const suspension = suspensionOf(tenant, environment.name);
  if (suspension)
    return { state: 'waiting', why: suspension.why, paused: true };
  const paused = environment.suspended === true;
  let workload: Workload;
  try {
    workload = resolveWorkload(caches, tenant, app, environment);
  } catch (error) {
    if (!(error instanceof ObstacleError)) throw error;
    return { state: 'waiting', why: error.obstacle.why, paused };
  }
  const { run } = workload;
  if (!run)
    return {
      state: 'none',
      why: `App ${app.metadata.name} serves calls and has no steps to run.`,
    };
  if (paused)
    return {
      state: 'waiting',
      why: `The app is paused in ${environment.name}.`,
      paused,
    };
  return isDeployed(caches, workload)
    ? { state: 'ready', workload: { ...workload, run } }
    : { state: 'waiting', why: setupMessage(app, environment) };
}

/** Whether everything that pods of this workload need exists; the Deployment is applied last. */
function isDeployed(caches: Caches, workload: Workload): boolean {
  const { app, bundle, namespace, packages, store } = workload;
  const { spec } = caches.deployments.get(app, namespace) ?? {};
  const digest =
    spec?.template?.metadata?.annotations?.[annotations.bundleDigest];
  const copies = secretCopiesOf(caches, workload);
  return (
    digest === bundle.digest &&
    !packages?.wanted &&
    (store?.bucket || caches.claims.get(app, namespace)) !== undefined &&
    secretsOf(workload).every(({ secret }) => copies.includes(secret.copy))
  );
}

function setupMessage({ status }: App, { name }: AppEnvironment): string {
  const state = status?.environments?.find(one => one.name === name);
  return state && ['Failed', 'Degraded', 'Unknown'].includes(state.health)
    ? state.why
    : `The app is starting in ${name}.`;
}
