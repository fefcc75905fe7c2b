import {
  applyStatusIfChanged,
  done,
  requeueAfter,
  type ReconcileResult,
} from '@bailiwick/backstage-kube-controller';
import {
  environmentNamespace,
  tenantOfHome,
  type Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { isFinished, runsOf } from '../../cache';
import { fieldManager } from '../../names';
import { isPlacedOn, type Placement } from '../../placement';
import { advanceRun } from './advanceRun';
import { checkPrerequisites, type Prerequisites } from './checkPrerequisites';
import { adoptJobs, createRunForNewCode } from './createRuns';
import { pruneOrphanedRuns, pruneHistory } from './pruneHistory';
import type { RunContext } from './RunContext';
import { endedStatus, pendingStatus, type RunStatus } from './runStatus';
import { stopSteps, pauseSteps } from './steps';

/** Milliseconds between checks of a run that may wait for something without an event. */
const pollInterval = 20_000;

/**
 * Reconciles the runs of an app in one environment, one run after the other, oldest first.
 *
 * @param key - `<home>/<app>/<environment>`
 */
export async function reconcileRuns(
  placement: Placement,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const { caches } = placement;
  const [home, app, environment] = key.split('/');
  const tenant = tenantOfHome(home) ?? '';
  const namespace = environmentNamespace(tenant, environment);
  // Each cluster has a controller of its own, which skips keys while the cluster is not connected.
  if (!isPlacedOn(placement, caches.tenants.get(tenant), environment))
    return done;
  if (placement.target && !placement.target.isConnected) return done;
  const instance = { tenant, app, environment, namespace };
  const context: RunContext = { placement, instance, home, signal };
  const prerequisites = findPrerequisites(context);
  // The runs are deleted with the app.
  if (!prerequisites) return done;
  // Deletions first, as a quota may refuse later steps otherwise.
  await pruneHistory(context);
  if (prerequisites.state === 'waiting' && prerequisites.paused)
    await pauseSteps(context);
  // Before runs are listed, as the controller is not triggered by its own writes.
  if (prerequisites.state !== 'none') await adoptJobs(context);
  if (prerequisites.state === 'ready')
    await createRunForNewCode(context, prerequisites.workload.bundle.digest);
  const open = runsOf(caches, home, app, environment).filter(
    run => !isFinished(run) && !run.metadata.deletionTimestamp,
  );
  const waits = await advanceRuns(context, prerequisites, open);
  const isOnItsWay = prerequisites.state === 'waiting' && !prerequisites.paused;
  if (waits || isOnItsWay) return requeueAfter(pollInterval);
  const later =
    prerequisites.state === 'none' && prerequisites.missing
      ? await pruneOrphanedRuns(context)
      : undefined;
  return later ? requeueAfter(later) : done;
}

function findPrerequisites({
  home,
  instance,
  placement,
}: RunContext): Prerequisites | undefined {
  const { caches } = placement;
  const { app, environment, tenant } = instance;
  const found = caches.apps.get(app, home);
  if (!found)
    return {
      state: 'none',
      why: `Tenant ${tenant} has no app "${app}".`,
      missing: true,
    };
  if (found.metadata.deletionTimestamp) return undefined;
  const wanted = found.spec.environments.find(
    ({ name }) => name === environment,
  );
  return wanted
    ? checkPrerequisites(caches, caches.tenants.get(tenant), found, wanted)
    : {
        state: 'none',
        why: `App ${app} is not deployed in environment "${environment}".`,
        missing: true,
      };
}

/** Advances the unfinished runs. @returns whether one of them is pending or running */
async function advanceRuns(
  context: RunContext,
  prerequisites: Prerequisites,
  runs: Run[],
): Promise<boolean> {
  const { now } = context.placement;
  let ahead = runs.find(hasBegun);
  let waits = false;
  // The started run comes first: when it ends, the next one starts in the same reconciliation.
  const inOrder = ahead ? [ahead, ...runs.filter(run => run !== ahead)] : runs;
  for (const run of inOrder) {
    if (run.spec.cancelled) {
      await stopSteps(context, run);
      const why =
        run.spec.trigger === 'start'
          ? 'Superseded by newer code.'
          : 'A user canceled the run.';
      await write(context, run, endedStatus(run, 'Cancelled', why, now()));
      if (ahead === run) ahead = undefined;
    } else if (prerequisites.state === 'none') {
      await stopSteps(context, run);
      await write(
        context,
        run,
        endedStatus(run, 'Failed', prerequisites.why, now()),
      );
    } else if (ahead && ahead !== run) {
      const why = `Waiting for run ${ahead.metadata.name}.`;
      await write(context, run, pendingStatus(run, why));
      waits = true;
    } else {
      const [workload, why] =
        prerequisites.state === 'ready'
          ? [prerequisites.workload, '']
          : [undefined, prerequisites.why];
      const { error, status } = await advanceRun(context, run, workload, why);
      await write(context, run, status);
      if (error) throw error;
      waits ||= status.phase === 'Pending' || status.phase === 'Running';
      ahead = isFinished({ status }) ? undefined : run;
    }
  }
  return waits;
}

function hasBegun({ spec, status }: Run): boolean {
  return status?.phase === 'Running' && !spec.cancelled;
}

async function write(
  { placement: { caches }, signal }: RunContext,
  run: Run,
  status: RunStatus,
): Promise<void> {
  await applyStatusIfChanged(caches.runs, run, status, {
    fieldManager,
    signal,
  });
}
