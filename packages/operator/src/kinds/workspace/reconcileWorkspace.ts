import {
  applyStatusIfChanged,
  done,
  ForeignObjectError,
  ignoreNotFound,
  requeueAfter,
  type KubeObject,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  isWanted,
  tenantOfHome,
  workspaceEnd,
  type Workspace,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { notDeleting, refusalMessage, requeueAt } from '../../apply';
import { appIndexKey } from '../../cache';
import { fieldManager } from '../../names';
import { isPlacedOn, type Placement } from '../../placement';
import { ObstacleError } from '../app/workload';
import { findPlace } from './findPlace';
import { namesOf } from './names';
import { readWorkspace, type WorkspaceStatus } from './readWorkspace';
import { startWorkspace } from './startWorkspace';

/** Milliseconds between checks of a workspace that may wait for something without an event. */
const pollInterval = 20_000;

/**
 * Reconciles one workspace on the cluster of its environment.
 *
 * @param key - `<home>/<workspace>`
 */
export async function reconcileWorkspace(
  placement: Placement,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches, now, target } = placement;
  const [home, name] = key.split('/');
  const tenantName = tenantOfHome(home) ?? '';
  if (target && !target.isConnected) return done;
  const objects = {
    jobs: caches.jobs.index('workspace', appIndexKey(tenantName, name)),
    claims: caches.claims.index('workspace', appIndexKey(tenantName, name)),
  };
  const workspace = caches.workspaces.get(name, home);
  if (!workspace || workspace.metadata.deletionTimestamp) {
    const all = [...objects.jobs, ...objects.claims];
    await removeLeftovers(placement, { home, name }, all, signal);
    return done;
  }
  const tenant = caches.tenants.get(tenantName);
  if (!isPlacedOn(placement, tenant, workspace.spec.environment)) return done;
  const names = namesOf(workspace);
  const kept = isWanted(workspace) ? [names.job, names.volume] : [names.volume];
  const surplus = [...objects.jobs, ...objects.claims].filter(
    ({ metadata }) => !kept.includes(metadata.name),
  );
  await placement.applier.remove(surplus, signal);
  const { error, status } = isWanted(workspace)
    ? await advance(placement, workspace, objects.jobs, signal)
    : { status: stoppedStatus(workspace), error: undefined };
  const known = withEnd(workspace, status, now());
  const end = workspaceEnd({ status: known });
  if (end && Date.parse(end) <= now().getTime()) {
    const { uid } = workspace.metadata;
    await caches.workspaces.resource
      .delete(name, { namespace: home, uid, signal })
      .catch(ignoreNotFound);
    return done;
  }
  await applyStatusIfChanged(
    caches.workspaces,
    workspace,
    { observedGeneration: workspace.metadata.generation ?? 0, ...known },
    { fieldManager, signal },
  );
  // After its end is recorded; the controller is not triggered by its own writes.
  if (isWanted(workspace) && !isWanted({ ...workspace, status: known }))
    await placement.applier.remove(objects.jobs, signal);
  if (error) throw error;
  if (end) return requeueAt(end, now());
  return known.phase === 'Running' ? done : requeueAfter(pollInterval);
}

/** Starts a workspace, or reads its progress; stops it if it must not run any more. */
async function advance(
  placement: Placement,
  workspace: Workspace,
  jobs: KubeObject[],
  signal: AbortSignal,
): Promise<{ status: WorkspaceStatus; error?: unknown }> {
  const kept = keptStatus(workspace);
  try {
    const place = findPlace(placement.caches, workspace);
    const job = await startWorkspace(placement, workspace, place, signal);
    const read = await readWorkspace(placement, workspace, job, signal);
    return { status: { ...kept, ...read } };
  } catch (error) {
    if (error instanceof ObstacleError) {
      // A Job that may run is found before any obstacle.
      await placement.applier.remove(jobs, signal);
      const { health, next, why } = error.obstacle;
      const phase = health === 'Failed' ? 'Failed' : 'Pending';
      return { status: { ...kept, phase, why, ...(next && { next }) } };
    }
    const why = refusalMessage(error);
    const isFinal = error instanceof ForeignObjectError;
    return {
      status: { ...kept, phase: 'Failed', why },
      ...(!isFinal && { error }),
    };
  }
}

function stoppedStatus(workspace: Workspace): WorkspaceStatus {
  const kept = keptStatus(workspace);
  const { startedAt } = workspace.spec;
  const { ended } = kept;
  if (!ended || ended.startedAt !== startedAt)
    return { ...kept, phase: 'Stopped' };
  const phase = ended.reason === 'failed' ? 'Failed' : 'Stopped';
  return { ...kept, phase, ...(ended.why && { why: ended.why }) };
}

function keptStatus({ status }: Workspace): Pick<WorkspaceStatus, 'ended'> {
  return status?.ended ? { ended: status.ended } : {};
}

/** Adds the time since which a workspace has not been running. */
function withEnd(
  { status: before }: Workspace,
  status: WorkspaceStatus,
  now: Date,
): WorkspaceStatus {
  const hasStopped = status.phase === 'Stopped' || status.phase === 'Failed';
  if (!hasStopped) return status;
  return { ...status, stoppedAt: before?.stoppedAt ?? now.toISOString() };
}

/** Deletes the objects of a deleted workspace, after checking with the API server that it does not exist. */
async function removeLeftovers(
  { applier, caches }: Placement,
  { home, name }: { home: string; name: string },
  objects: KubeObject[],
  signal: AbortSignal,
): Promise<void> {
  if (notDeleting(objects).length === 0) return;
  const found = await caches.workspaces.resource
    .get(name, { namespace: home, signal })
    .catch(ignoreNotFound);
  // The cache lags behind.
  if (found && !found.metadata.deletionTimestamp) return;
  await applier.remove(objects, signal);
}
