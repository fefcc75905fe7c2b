import { keyOf, toInstant } from '@bailiwick/backstage-kube-controller';
import type {
  App,
  AppEnvironment,
  Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common';

import {
  elsewhere,
  staleOf,
  type Elsewhere,
  type Target,
  type PhaseState,
  type Scope,
  type EnvironmentState,
} from '../../placement';
import type { EnvironmentOutcome } from './reconcileEnvironment';
import { previousState } from './status';
import { appChildren } from '../../cache';

/** What is known of an environment on another cluster: what was last seen, and whether that is old. */
export function seenElsewhere(
  app: App,
  { name }: AppEnvironment,
  where: Elsewhere,
  now: Date,
): EnvironmentOutcome {
  const before = previousState(app, name);
  const reported = where.target?.apps
    .get(keyOf(app))
    ?.environments.find(one => one.name === name);
  const stale = staleOf(where, before?.stale, toInstant(now));
  const { stale: _told, ...seen } = reported ?? before ?? unseen(name, where);
  return { state: { ...seen, ...(stale && { stale }) }, pods: [] };
}

/** The generation of an app on which all clusters have worked that can be. */
export function generationSeen(
  scope: Pick<Scope, 'caches' | 'targets'>,
  tenant: Tenant | undefined,
  app: App,
): number {
  const { generation = 0 } = app.metadata;
  const reports = app.spec.environments.flatMap(({ name }) => {
    const { target } = elsewhere(scope, tenant, name) ?? {};
    if (!target?.isHere) return [];
    return target.apps.get(keyOf(app))?.generation ?? 0;
  });
  const before = app.status?.observedGeneration ?? 0;
  return reports.every(one => one >= generation) ? generation : before;
}

/** Why an app that goes has to wait for other clusters; `undefined` when it has not. */
export function waitingElsewhere(
  scope: Pick<Scope, 'caches' | 'targets'>,
  tenant: string,
  app: App,
): PhaseState | undefined {
  const { name } = app.metadata;
  const environments = [
    ...app.spec.environments,
    ...(app.status?.environments ?? []),
  ];
  const found = scope.caches.tenants.get(tenant);
  const named = environments.map(
    environment => elsewhere(scope, found, environment.name)?.cluster,
  );
  for (const target of scope.targets.list()) {
    const left = childrenOn(target, tenant, name);
    if (left)
      return {
        status: 'False',
        reason: 'Deleting',
        message: `Waiting for the deletion of ${left} objects on the cluster ${target.name}`,
      };
    if (left === undefined && named.includes(target.name))
      return {
        status: 'False',
        reason: 'ClusterAway',
        message: awayMessage(target),
      };
  }
  return undefined;
}

function awayMessage({ name, presence }: Target): string {
  return presence.phase === 'away'
    ? `Waiting for the cluster ${name}, which is away since ${presence.since}: what the app has there is deleted when it is back. If it is gone for good, the platform team deletes the Cluster ${name}`
    : `Waiting for the cluster ${name}`;
}

/** How many objects of an app are on a target; `undefined` while that is not known. */
function childrenOn(
  { caches, isHere }: Target,
  tenant: string,
  app: string,
): number | undefined {
  return isHere && caches ? appChildren(caches, tenant, app).length : undefined;
}

function unseen(
  name: string,
  { cluster, target }: Elsewhere,
): EnvironmentState {
  const pods = { ready: 0, desired: 0 };
  return target
    ? {
        name,
        pods,
        health: 'Progressing',
        why: `It waits for the cluster ${cluster}.`,
        next: '',
      }
    : {
        name,
        pods,
        health: 'Failed',
        why: `The environment ${name} is on the cluster "${cluster}", which there is not.`,
        next: 'Ask the platform team.',
      };
}
